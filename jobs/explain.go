package jobs

import (
	"noiviec/internal/market"
	"noiviec/matcher"
)

// suggest turns the matcher's explanation of a pair into what is stored.
func suggest(m *matcher.Market, worker, posting market.ID) market.Suggestion {
	w, _ := m.WorkerRow(string(worker))
	p, _ := m.PostingRow(string(posting))
	return suggestionOf(m.Explain(w, p))
}

func suggestionOf(x matcher.Explanation) market.Suggestion {
	out := market.Suggestion{Posting: market.ID(x.Posting), Worker: market.ID(x.Worker), Score: x.Score, Reasons: reasonsOf(x.Reasons), Missing: reasonsOf(x.Missing)}
	for _, part := range x.Parts {
		out.Parts = append(out.Parts, market.Part{Name: part.Name, Points: part.Points, Max: part.Max, Reason: reasonOf(part.Reason)})
	}
	if x.Warning != nil {
		out.Warnings = []market.Reason{reasonOf(*x.Warning)}
	}
	if x.Change != nil {
		change := reasonOf(x.Change.Reason)
		out.Change = &change
	}
	return out
}

func reasonOf(r matcher.Reason) market.Reason { return market.Reason{Code: r.Code, Args: r.Args} }

func reasonsOf(list []matcher.Reason) []market.Reason {
	var out []market.Reason
	for _, r := range list {
		out = append(out, reasonOf(r))
	}
	return out
}
