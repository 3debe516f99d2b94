package labour

import (
	"strings"
	"testing"
)

func TestParametersAreWrittenDownWithTheirSources(t *testing.T) {
	t.Parallel()
	table, err := Table()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range table {
		if p.Low > p.Value || p.High < p.Value {
			t.Errorf("%s: %v does not lie between %v and %v", p.Name, p.Value, p.Low, p.High)
		}
		if len(p.Source) < len("assumed") || p.Meaning == "" || p.Unit == "" {
			t.Errorf("%s: no source, meaning or unit", p.Name)
		}
	}
	if _, err := Defaults(); err != nil {
		t.Error(err)
	}
}

func TestTimes(t *testing.T) {
	t.Parallel()
	p, err := Defaults()
	if err != nil {
		t.Fatal(err)
	}
	doubled, err := p.Times("answering", 2)
	if err != nil || doubled.Answering != 1 {
		t.Errorf("got %v, %v, want a share of 1 at most", doubled.Answering, err)
	}
	if p.Answering == 1 {
		t.Error("the parameters themselves were changed")
	}
	if _, err := p.Times("no_such", 2); err == nil || !strings.Contains(err.Error(), "no_such") {
		t.Errorf("got %v, want an error that names the parameter", err)
	}
}
