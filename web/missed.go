package web

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"noiviec/internal/casework"
	"noiviec/search"
)

// missedLog gathers the texts that found no job, counted, until they are written: a search waits for nothing.
type missedLog struct {
	mu   sync.Mutex
	seen map[string]*casework.Missed
}

// Bounds of the log: how many texts wait at most, and how long.
const (
	mostMissed  = 300
	writeMissed = 10 * time.Second
)

// add counts a text; what may be about a person is not even kept until the next writing.
func (l *missedLog) add(text string, nearly bool, maybe []string) {
	kept, ok := casework.MissedJob(text)
	if !ok {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.seen == nil {
		l.seen = map[string]*casework.Missed{}
	}
	m := l.seen[kept]
	if m == nil {
		if len(l.seen) >= mostMissed {
			return
		}
		m = &casework.Missed{Text: kept}
		l.seen[kept] = m
	}
	m.Count++
	m.Nearly, m.Maybe = nearly, slices.Clone(maybe)
}

func (l *missedLog) take() []casework.Missed {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := make([]casework.Missed, 0, len(l.seen))
	for _, m := range l.seen {
		out = append(out, *m)
	}
	l.seen = nil
	slices.SortFunc(out, func(a, b casework.Missed) int { return strings.Compare(a.Text, b.Text) })
	return out
}

// noteMissed counts a search for jobs whose words found nothing, or only what is nearly it. One that a filter or a
// condition read from its text has emptied says nothing about its words, and neither does a later page. What was read
// as place, pay or hours is left out. Searches for people are never counted: they hold names.
func (s *Server) noteMissed(q search.Query, r search.Result) {
	if q.Kind != search.Posting || q.Offset > 0 || r.Total > 0 || len(r.Without) > 0 {
		return
	}
	if _, ok := casework.MissedJob(q.Text); !ok {
		return
	}
	text := q.Text
	for _, chip := range r.Chips {
		text = strings.Replace(text, chip.Typed, " ", 1)
	}
	s.missed.add(text, len(r.Nearly) > 0, r.Maybe)
}

// WriteMissed writes what was counted. What cannot be written now is lost: it is a hint to staff, not a record.
func (s *Server) WriteMissed(ctx context.Context) {
	if err := s.Desk.RecordMissed(ctx, s.Centre, s.Now(), s.missed.take()); err != nil {
		s.Log.Warn("searches that found nothing were not counted", "err", err)
	}
}

// keepWritingMissed writes every few seconds until ctx ends, and once more then.
func (s *Server) keepWritingMissed(ctx context.Context) {
	tick := time.NewTicker(writeMissed)
	defer tick.Stop()
	for ctx.Err() == nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeDeadline)
		s.WriteMissed(last)
		cancel()
	}
}
