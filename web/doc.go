// Package web is everything a person sees: server-rendered pages that work without a script, sessions, languages.
//
// Start at routes.go: one table holds every address, what one must be allowed to do there, and the handler.
// A page is three things named after its address: for /toi/viec-hop the handlers and the page struct stand in
// toi_viec_hop.go and the template in templates/toi-viec-hop.html. The page of one document ends in "mot" ("one"):
// /can-bo/gioi-thieu/:id is can-bo-gioi-thieu-mot.html. The search on / is tim-viec, one posting viec.
//
// # A handler
//
// A handler is func (s *Server) showPosting(v *visit) error. The visit is one request: it embeds the Fiber
// context and carries the actor, the language, a context with a deadline (v.ctx), the time (v.now) and the
// translator. It reads, asks market.Can about the one document, calls casework (s.desk) for a decision, answers:
//
//	return v.render("viec", 200, &postingPage{Layout: v.layout("posting.title"), …})  // a page
//	return v.to("/toi/gioi-thieu")                                                    // 303 after a GET-less form
//	return v.done("/toi/gioi-thieu", "notice.saved")                                  // 303 after a write, with a notice
//	return err                                                                        // errors.go answers, in one place
//
// # A page struct
//
// It embeds Layout, which gives the template {{.T "key" args…}}, {{.Date d}}, {{.Pay p}}, {{.Number n}} and the
// like (format.go, layout.go). A template file defines "main"; layout.html is the frame, partials.html
// the pieces: {{template "icon" "pin"}}, {{template "problems" .Form}}, {{template "text" (.Form.Field "name" "field.name")}}.
// Text comes only through keys. html/template escapes; nothing is marked safe by hand.
//
// # A form
//
// Every form is method="post" with {{template "hidden" .Form}} inside: form token, revision, and a key that makes
// sending twice change nothing. The handler opens it with v.form(); f.Text("name"), f.Lines, f.Date and the others read
// and gather problems. When a decision refuses, `if f.caught(err) { return v.render(same page, f.status(), …) }`
// shows the form again as it was typed with every problem at its field. A form of one button needs no Form in the page
// struct: {{template "token" .}} and {{template "rev" .Rev}} inside it, v.form() to read it, return the error.
//
// # Keys
//
// catalogue/*.vi.tsv and *.en.tsv hold key, tab, text. {0} is the first argument; "one|many" chooses by it.
// Both languages must have the same keys; a test finds the missing and the unused. State, event, reason, benefit and other
// coded words are looked up by prefix: {{.Word "state.posting" .Posting.State}} finds "state.posting.open".
package web
