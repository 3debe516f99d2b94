// Package market is the vocabulary of the labour market that a provincial employment service keeps: workers,
// employers, postings, matches, referrals, placements, plans, and the rules about them. It imports the
// standard library only, knows no clock and does no input or output; every other room speaks in its words.
//
// Values are checked by Validate methods, which give every problem with its field, and states change only by
// the Do methods, which refuse what the tables below do not list. A refusal is an [Error] with a message key.
// Can holds every permission; BuildReport does the plan's arithmetic.
//
// The life-cycles, one line an event. A pair of state and event that is not listed is refused with the
// message error.transition, which names both.
//
// # Worker
//
//	pause       seeking → paused, employed → paused
//	resume      paused → seeking, employed → seeking, withdrawn → seeking
//	employ      seeking → employed, paused → employed
//	withdraw    seeking → withdrawn, paused → withdrawn, employed → withdrawn
//	merge       seeking → merged, paused → merged, employed → merged
//	unmerge     merged → seeking
//	anonymise   seeking → anonymised, paused → anonymised, employed → anonymised, withdrawn → anonymised, merged → anonymised
//
// # Employer
//
//	verify      pending → verified, refused → verified, suspended → verified
//	refuse      pending → refused
//	suspend     verified → suspended
//	ask         refused → pending
//
// # Posting
//
//	submit      draft → in_review
//	approve     in_review → open
//	return      in_review → draft
//	pause       open → paused
//	resume      paused → open
//	confirm     open → open, paused → open
//	fill        open → filled, paused → filled
//	free        filled → open
//	close       draft → closed, in_review → closed, open → closed, paused → closed, filled → closed
//	expire      open → expired, paused → expired, in_review → expired
//	reopen      closed → in_review, expired → in_review
//
// # Match
//
//	approve     suggested → approved, pinned → approved
//	reject      suggested → rejected, pinned → rejected
//	pin         suggested → pinned
//	undo        approved → suggested, rejected → suggested, pinned → suggested, stale → suggested
//	stale       suggested → stale, pinned → stale
//
// # Referral
//
//	send        proposed → sent
//	agree       proposed → agreed, sent → agreed
//	decline     proposed → worker_declined, sent → worker_declined, agreed → worker_declined, introduced → worker_declined, interview → worker_declined, hired → worker_declined
//	introduce   agreed → introduced
//	invite      introduced → interview
//	hire        introduced → hired, interview → hired
//	reject      introduced → employer_declined, interview → employer_declined, hired → employer_declined
//	start       hired → started
//	settle      started → settled
//	give_up     sent → no_answer, introduced → no_answer, interview → no_answer
//	found_elsewhere proposed → found_elsewhere, sent → found_elsewhere, agreed → found_elsewhere, introduced → found_elsewhere, interview → found_elsewhere
//	cancel      proposed → cancelled, sent → cancelled, agreed → cancelled, introduced → cancelled, interview → cancelled, hired → cancelled
//	void        started → cancelled, settled → cancelled
//
// # Placement
//
//	stay        working → stayed
//	leave       working → left, stayed → left
//	void        working → void, stayed → void, left → void
//
// # Contract
//
//	sign        draft → running
//	fulfil      running → fulfilled
//	lapse       running → lapsed
//	cancel      draft → cancelled, running → cancelled
//	prolong     running → running, lapsed → running
//
// # Course
//
//	open        planned → enrolling
//	begin       enrolling → running
//	finish      running → finished
//	cancel      planned → cancelled, enrolling → cancelled, running → cancelled
//
// # Fair
//
//	begin       planned → open
//	finish      open → closed
//	reopen      closed → open
//	cancel      planned → cancelled
package market
