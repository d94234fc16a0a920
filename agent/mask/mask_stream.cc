// The problem: cover every occurrence of every needle, however the stream is cut, hold back no byte that cannot
// be part of one, and know what was covered when bytes that are held are searched again.
//
// The stream is searched twice: its bytes as they are (raw view), and without escape sequences (plain view). The
// views differ only around an ESC; while no needle is live across one they are joined and cost one search.
// Each view's automaton tells the longest live prefix, so the earliest of both is the hold point: all before it
// is final and goes on at once, a covered run as one `***`. What follows it is kept in `tail`, with what a new
// set of needles must see again.
//
// Places are counted in bytes from the beginning of the stream.
#include "agent/mask/mask_stream.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "agent/mask/covered_runs.h"
#include "agent/mask/needle_set.h"
#include "agent/mask/plain_view.h"

namespace lifecycle::mask {
namespace {

constexpr std::string_view replacement = "***";
/// Bounds the hits that one search can report.
constexpr std::size_t slice_bytes = std::size_t{32} << 10;
/// Held bytes, with the sequences between them; beyond it the oldest live prefix is covered.
constexpr std::uint64_t most_held = std::uint64_t{16} << 10;
/// What a pause may show of a live prefix, and what the end of a stream covers of one.
constexpr std::uint32_t longest_shown = 3;
constexpr std::uint32_t least_covered = 8;

bool is_white_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// A pause may show it: too little of the needle to matter.
bool is_slight(LivePrefix prefix) {
  return prefix.length <= longest_shown && prefix.length * 4 <= prefix.shortest_needle;
}

/// The end of the stream must cover it: most of a needle that was cut off.
bool is_weighty(LivePrefix prefix) {
  return prefix.length >= least_covered && prefix.length * 2 >= prefix.shortest_needle;
}

}  // namespace

struct MaskStream::State {
  explicit State(const MaskTable& of) : table(of), set(of.needles()) {}

  const MaskTable& table;
  std::shared_ptr<const NeedleSet> set;

  // The bytes at hand: those kept from before, then the slice being searched.
  std::string tail;
  std::uint64_t tail_begin = 0;
  std::string_view slice;
  std::uint64_t slice_begin = 0;

  std::uint64_t end = 0;      // bytes searched
  std::uint64_t emitted = 0;  // bytes handed on or covered
  CoveredRuns runs;
  bool run_open = false;  // the byte before `emitted` is covered and its `***` is out
  std::uint64_t run_begin = 0;

  SearchCursor raw = 0;
  SearchCursor plain = 0;  // of no account while the views are joined
  bool joined = true;
  std::uint64_t plain_end = 0;  // bytes searched in the plain view
  std::string plain_text;       // of the slice being searched
  PlaceMap places;
  EscapeScanner escape;
  bool in_escape = false;
  std::uint64_t escape_begin = 0;
  std::vector<Colour> colours;  // in order; those before next_colour are emitted
  std::size_t next_colour = 0;
  std::vector<NeedleHit> hits;
  std::vector<LivePrefix> prefixes;

  void use_newest_needles();
  void take(std::string_view bytes, ByteSink& next);
  void search(std::string_view bytes);
  void leave_out_sequences(std::string_view bytes);
  void search_plain_text();
  void end_escape(std::uint64_t sequence_end);
  void break_escape(std::uint64_t text_end);
  void join_views();
  [[nodiscard]] std::uint64_t plain_live_begin() const;
  [[nodiscard]] SearchCursor cursor_if_broken() const;
  [[nodiscard]] std::uint64_t broken_live_begin() const;
  [[nodiscard]] std::uint64_t hold_point() const;
  void emit(std::uint64_t upto, ByteSink& next);
  void emit_covered(std::uint64_t upto, ByteSink& next);
  void skip_emitted_colours();
  void copy_out(std::uint64_t from, std::uint64_t upto, ByteSink& next) const;
  [[nodiscard]] std::string bytes_between(std::uint64_t from, std::uint64_t upto) const;
  void keep_tail();
  [[nodiscard]] bool all_slight();
  void cover_weighty();
  void cover_live_end(std::uint64_t begin, std::uint64_t upto);
  void start_anew();
};

/// Needles were added: the bytes at hand are searched again. Those of them that a pause has shown stay shown;
/// that a new needle may begin among them covers a little more than it must, never less.
void MaskStream::State::use_newest_needles() {
  auto newest = table.needles();
  if (newest == set) return;
  set = std::move(newest);
  const std::string again = std::move(tail);
  tail.clear();
  end = tail_begin;
  start_anew();
  if (again.empty()) return;
  search(again);
  tail = again;
  slice = {};
}

/// Forgets what was live; `end` stays.
void MaskStream::State::start_anew() {
  raw = 0;
  plain = 0;
  joined = true;
  in_escape = false;
  places.reset(end);
  plain_end = 0;
  colours.clear();
  next_colour = 0;
}

void MaskStream::State::take(std::string_view bytes, ByteSink& next) {
  search(bytes);
  const std::uint64_t hold = hold_point();
  emit(hold, next);
  if (end - emitted > most_held) {
    runs.add(std::max(hold, emitted), end);
    emit(end, next);
  }
  keep_tail();
}

void MaskStream::State::search(std::string_view bytes) {
  slice = bytes;
  slice_begin = end;
  end += bytes.size();
  const bool differs =
      !joined || in_escape || std::memchr(bytes.data(), EscapeScanner::escape, bytes.size()) != nullptr;
  if (differs && joined) plain = raw;
  const std::uint64_t joined_plain_end = plain_end;
  hits.clear();
  set->search().scan(raw, bytes, hits);
  for (const NeedleHit& hit : hits) {
    runs.add(slice_begin + static_cast<std::uint64_t>(hit.begin), slice_begin + static_cast<std::uint64_t>(hit.end));
  }
  if (!differs) {
    plain_end = joined_plain_end + bytes.size();
    return;
  }
  joined = false;
  leave_out_sequences(bytes);
  search_plain_text();
  join_views();
}

/// Puts the bytes outside escape sequences into `plain_text`.
void MaskStream::State::leave_out_sequences(std::string_view bytes) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (!in_escape) {
      const std::size_t found = std::min(bytes.find(EscapeScanner::escape, at), bytes.size());
      plain_text += bytes.substr(at, found - at);
      at = found;
      if (at == bytes.size()) return;
      in_escape = true;
      escape_begin = slice_begin + at++;
      escape.begin();
      continue;
    }
    switch (escape.next(bytes[at])) {
      case EscapeScanner::Verdict::open:
        ++at;
        break;
      case EscapeScanner::Verdict::complete:
        end_escape(slice_begin + ++at);
        break;
      case EscapeScanner::Verdict::broken:
        break_escape(slice_begin + at);
        break;
      case EscapeScanner::Verdict::broken_late:
        break_escape(slice_begin + at - 1);
        in_escape = true;
        escape_begin = slice_begin + at - 1;
        escape.begin();
        break;
    }
  }
}

/// Searches what the sequences left of a slice, in one piece: the seams are known by now.
void MaskStream::State::search_plain_text() {
  hits.clear();
  set->search().scan(plain, plain_text, hits);
  for (const NeedleHit& hit : hits) {
    const std::uint64_t begin = plain_end + static_cast<std::uint64_t>(hit.begin);
    const std::uint64_t last = plain_end + static_cast<std::uint64_t>(hit.end) - 1;
    runs.add(places.stream_place(begin), places.stream_place(last) + 1);
  }
  plain_end += plain_text.size();
  plain_text.clear();
}

void MaskStream::State::end_escape(std::uint64_t sequence_end) {
  in_escape = false;
  places.leave_out(plain_end + plain_text.size(), sequence_end - escape_begin);
  if (escape.kind() != EscapeKind::csi) return;
  std::string sequence = bytes_between(escape_begin, sequence_end);
  if (ends_as_colour(sequence)) colours.push_back({escape_begin, sequence_end, std::move(sequence)});
}

/// It was no sequence: its bytes are text.
void MaskStream::State::break_escape(std::uint64_t text_end) {
  in_escape = false;
  plain_text += bytes_between(escape_begin, text_end);
}

/// The views agree again when the same bytes are live in both.
void MaskStream::State::join_views() {
  const std::uint32_t live = set->search().live_length(plain);
  places.forget_before(plain_end - live);
  if (in_escape || raw != plain || plain_end - live < places.last_seam()) return;
  joined = true;
}

/// Where the longest prefix that is live in the plain view alone begins; `end` when none is.
std::uint64_t MaskStream::State::plain_live_begin() const {
  if (joined) return end;
  const std::uint32_t live = set->search().live_length(plain);
  return live == 0 ? end : places.stream_place(plain_end - live);
}

std::uint64_t MaskStream::State::hold_point() const {
  return std::min({end - set->search().live_length(raw), plain_live_begin(), broken_live_begin()});
}

/// An OSC whose text is followed by an ESC: if the next byte shows that it is none, the text is part of the
/// plain view and the ESC may begin a sequence that is left out. The raw view does not foresee that.
SearchCursor MaskStream::State::cursor_if_broken() const {
  if (!in_escape || !escape.is_at_inner_escape()) return 0;
  SearchCursor cursor = plain;
  std::vector<NeedleHit> ignored;
  set->search().scan(cursor, bytes_between(escape_begin, end - 1), ignored);
  return cursor;
}

std::uint64_t MaskStream::State::broken_live_begin() const {
  const std::uint64_t live = set->search().live_length(cursor_if_broken());
  // What began before the sequence is held for the plain view already.
  return live == 0 ? end : std::max(end - 1 - std::min(live, end - 1), escape_begin);
}

void MaskStream::State::emit(std::uint64_t upto, ByteSink& next) {
  while (emitted < upto) {
    const CoveredRun* run = runs.first_after(emitted);
    const std::uint64_t covered_from = run == nullptr ? upto : std::min(run->begin, upto);
    if (emitted < covered_from) {
      copy_out(emitted, covered_from, next);
      emitted = covered_from;
      run_open = false;
      continue;
    }
    if (!run_open) {
      next.take(replacement);
      run_open = true;
      run_begin = emitted;
    }
    emit_covered(std::min(run->end, upto), next);
  }
  skip_emitted_colours();
  colours.erase(colours.begin(), colours.begin() + static_cast<std::ptrdiff_t>(next_colour));
  next_colour = 0;
}

/// Of a covered run only the colours that lie wholly inside it are seen.
void MaskStream::State::emit_covered(std::uint64_t upto, ByteSink& next) {
  skip_emitted_colours();
  for (std::size_t i = next_colour; i < colours.size() && colours[i].end <= upto; ++i) {
    if (colours[i].begin >= run_begin) next.take(colours[i].bytes);
  }
  emitted = upto;
}

void MaskStream::State::skip_emitted_colours() {
  while (next_colour < colours.size() && colours[next_colour].end <= emitted) ++next_colour;
}

/// Hands on bytes as they are: out of the tail, then out of the slice.
void MaskStream::State::copy_out(std::uint64_t from, std::uint64_t upto, ByteSink& next) const {
  const std::uint64_t tail_end = tail_begin + tail.size();
  if (from < tail_end) {
    const std::uint64_t stop = std::min(upto, tail_end);
    next.take(std::string_view(tail).substr(from - tail_begin, stop - from));
    from = stop;
  }
  if (from < upto) next.take(slice.substr(from - slice_begin, upto - from));
}

std::string MaskStream::State::bytes_between(std::uint64_t from, std::uint64_t upto) const {
  std::string bytes;
  const std::uint64_t tail_end = tail_begin + tail.size();
  if (from < tail_end) {
    const std::uint64_t stop = std::min(upto, tail_end);
    bytes = tail.substr(from - tail_begin, stop - from);
    from = stop;
  }
  if (from < upto) bytes += slice.substr(from - slice_begin, upto - from);
  return bytes;
}

/// Keeps the bytes that are held, that a live prefix consists of, or that an unfinished sequence has so far.
void MaskStream::State::keep_tail() {
  std::uint64_t from = std::min(hold_point(), emitted);
  if (in_escape) from = std::min(from, escape_begin);
  if (from >= slice_begin) {
    tail.assign(slice.substr(from - slice_begin));
  } else {
    tail.erase(0, from - tail_begin);
    tail += slice;
  }
  tail_begin = from;
  slice = {};
  slice_begin = end;
}

bool MaskStream::State::all_slight() {
  prefixes.clear();
  set->search().live_prefixes(raw, prefixes);
  if (!joined) set->search().live_prefixes(plain, prefixes);
  set->search().live_prefixes(cursor_if_broken(), prefixes);
  return std::all_of(prefixes.begin(), prefixes.end(), is_slight);
}

/// Covers what is live and most of a needle, as if the needle had come whole.
void MaskStream::State::cover_weighty() {
  const auto longest_weighty = [this](SearchCursor cursor) {
    prefixes.clear();
    set->search().live_prefixes(cursor, prefixes);
    const auto found = std::find_if(prefixes.begin(), prefixes.end(), is_weighty);
    return found == prefixes.end() ? 0U : found->length;
  };
  if (const std::uint32_t length = longest_weighty(raw); length > 0) cover_live_end(end - length, end);
  if (joined) return;
  if (const std::uint32_t length = longest_weighty(plain); length > 0) {
    cover_live_end(places.stream_place(plain_end - length), places.stream_place(plain_end - 1) + 1);
  }
}

void MaskStream::State::cover_live_end(std::uint64_t begin, std::uint64_t upto) {
  const std::uint64_t from = std::max(begin, emitted);
  if (from >= upto) return;
  const std::string bytes = bytes_between(from, upto);
  std::size_t length = bytes.size();
  while (length > 0 && is_white_space(bytes[length - 1])) --length;
  runs.add(from, from + length);
}

MaskStream::MaskStream(const MaskTable& table) : state_(std::make_unique<State>(table)) {}
MaskStream::~MaskStream() = default;
MaskStream::MaskStream(MaskStream&&) noexcept = default;
MaskStream& MaskStream::operator=(MaskStream&&) noexcept = default;

void MaskStream::feed(std::string_view chunk, ByteSink& next) {
  state_->use_newest_needles();
  if (state_->set->empty()) {
    if (!chunk.empty()) next.take(chunk);
    return;
  }
  while (!chunk.empty()) {
    state_->take(chunk.substr(0, slice_bytes), next);
    chunk.remove_prefix(std::min(slice_bytes, chunk.size()));
  }
}

void MaskStream::pause(ByteSink& next) {
  state_->use_newest_needles();
  if (!holds() || !state_->all_slight()) return;
  state_->emit(state_->end, next);
}

void MaskStream::boundary(ByteSink& next) {
  state_->use_newest_needles();
  if (holds()) {
    state_->cover_weighty();
    state_->emit(state_->end, next);
  }
  // A line of the agent's own follows; what is covered behind it has a `***` of its own.
  state_->run_open = false;
}

void MaskStream::finish(ByteSink& next) {
  boundary(next);
  state_->tail.clear();
  state_->tail_begin = state_->end;
  state_->start_anew();
}

bool MaskStream::holds() const { return state_->emitted < state_->end; }

}  // namespace lifecycle::mask
