// An events upstream for tests and demonstrations: node 18 or later, no dependencies.
//
//   node tests/system/upstream.mjs [--port N] [--log FILE] [--fail N] [--status CODE] [--delay MS]
//                                  [--require-token T] [--retry-after VALUE] [--cert FILE --key FILE]
//
// Listens on 127.0.0.1 (--port 0, the default: a free port) and prints `listening on http://127.0.0.1:PORT` as its
// first line, https with a certificate. Every request is appended to --log as one JSON line {method, path, headers,
// body, status}, body being the JSON that came, or its text. The first --fail requests are answered 503, a request
// without `Authorization: Bearer T` 401, all others --status (200) and {"message":"event written","data":{}}.
import {appendFileSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer as createPlain} from 'node:http';
import {createServer as createSecure} from 'node:https';
import {parseArgs} from 'node:util';

const {values: options} = parseArgs({
  options: {
    'port': {type: 'string', default: '0'},
    'log': {type: 'string'},
    'fail': {type: 'string', default: '0'},
    'status': {type: 'string', default: '200'},
    'delay': {type: 'string', default: '0'},
    'require-token': {type: 'string'},
    'retry-after': {type: 'string'},
    'cert': {type: 'string'},
    'key': {type: 'string'},
  },
});
let failures = Number(options.fail);
if (options.log) writeFileSync(options.log, '', {flag: 'a'});

function statusOf(request) {
  if (options['require-token'] && request.headers.authorization !== `Bearer ${options['require-token']}`) return 401;
  if (failures > 0) {
    failures -= 1;
    return 503;
  }
  return Number(options.status);
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function answer(request, response) {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    const status = statusOf(request);
    const seen = {
      method: request.method,
      path: request.url,
      headers: request.headers,
      body: parse(Buffer.concat(pieces).toString('utf8')),
      status,
    };
    if (options.log) appendFileSync(options.log, JSON.stringify(seen) + '\n');
    const headers = {'Content-Type': 'application/json'};
    if (options['retry-after'] && status !== 200) headers['Retry-After'] = options['retry-after'];
    setTimeout(() => {
      response.writeHead(status, headers);
      response.end(JSON.stringify({message: status < 300 ? 'event written' : `scripted ${status}`, data: {}}));
    }, Number(options.delay));
  });
}

const server = options.cert
  ? createSecure({cert: readFileSync(options.cert), key: readFileSync(options.key)}, answer)
  : createPlain(answer);
server.keepAliveTimeout = 60_000;
server.listen(Number(options.port), '127.0.0.1', () => {
  console.log(`listening on ${options.cert ? 'https' : 'http'}://127.0.0.1:${server.address().port}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
