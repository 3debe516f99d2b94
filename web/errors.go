package web

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"noiviec/internal/market"
)

// status is the one map from what a person can do about an error to the HTTP status.
var status = map[market.Kind]int{
	market.Invalid:         fiber.StatusUnprocessableEntity,
	market.NotFound:        fiber.StatusNotFound,
	market.Conflict:        fiber.StatusConflict,
	market.Denied:          fiber.StatusForbidden,
	market.Unauthenticated: fiber.StatusUnauthorized,
	market.Unavailable:     fiber.StatusServiceUnavailable,
}

// errorPage says what happened and what to do next.
type errorPage struct {
	Layout
	Status    int
	Message   string
	Reference string // to tell on the phone, for faults of ours
}

// errorDeadline bounds what an error page may read, the centre's name and phone.
const errorDeadline = time.Second

// answerError is the one place where an error becomes an answer.
func (s *Server) answerError(c *fiber.Ctx, err error) error {
	v := s.visitOf(c)
	ctx, cancel := context.WithTimeout(context.Background(), errorDeadline) // the visit's own has ended with its handler
	defer cancel()
	v.ctx = ctx
	if errors.Is(err, errEnrol) {
		return v.to("/ma-xac-nhan")
	}
	p := &errorPage{Status: fiber.StatusInternalServerError}
	var known *market.Error
	var stock *fiber.Error
	switch {
	case errors.As(err, &known) && status[known.Kind] != 0:
		p.Status, p.Message = status[known.Kind], v.message(known)
		if known.Kind == market.Unavailable {
			s.Log.Error("unavailable", "path", c.Path(), "error", err)
		}
	case errors.Is(err, context.DeadlineExceeded):
		p.Status, p.Message = fiber.StatusServiceUnavailable, v.T("error.busy")
		s.Log.Error("deadline", "path", c.Path(), "error", err)
	case errors.As(err, &stock) && stock.Code < 500:
		p.Status, p.Message = stock.Code, v.T("error.request")
		if stock.Code == fiber.StatusNotFound || stock.Code == fiber.StatusMethodNotAllowed {
			p.Status, p.Message = fiber.StatusNotFound, v.T("error.not_found")
		}
	default:
		p.Reference = string(market.NewID()[:8])
		p.Message = v.T("error.fault")
		s.Log.Error("fault", "reference", p.Reference, "method", c.Method(), "path", c.Path(), "error", err)
	}
	if p.Status == fiber.StatusUnauthorized && c.Method() == fiber.MethodGet {
		return v.to("/dang-nhap?tiep=" + url.QueryEscape(c.OriginalURL()))
	}
	if strings.HasPrefix(c.Path(), "/suc-khoe") {
		return c.SendStatus(p.Status)
	}
	p.Layout = v.layout(errorTitle(p.Status))
	if failed := v.render("loi", p.Status, p); failed != nil {
		s.Log.Error("error page", "error", failed)
		return c.Status(p.Status).SendString(p.Message)
	}
	return nil
}

// errorTitle names what happened in a few words.
func errorTitle(status int) string {
	switch status {
	case fiber.StatusNotFound:
		return "error.title.not_found"
	case fiber.StatusForbidden, fiber.StatusUnauthorized:
		return "error.title.denied"
	case fiber.StatusServiceUnavailable:
		return "error.title.busy"
	case fiber.StatusInternalServerError:
		return "error.title.fault"
	}
	return "error.title"
}

// visitOf gives the visit of a request, or a bare one when the request did not get that far.
func (s *Server) visitOf(c *fiber.Ctx) *visit {
	if v, ok := c.Locals("visit").(*visit); ok {
		return v
	}
	now := s.Now()
	v := &visit{Ctx: c, s: s, ctx: context.Background(), now: now, today: market.DateOf(now), actor: market.Actor{Role: market.Anyone, Centre: s.Centre}}
	v.lang = v.chosenLanguage()
	return v
}

// recover turns a panic into a fault: the visitor gets a reference number, the log the place.
func (s *Server) recover(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return c.Next()
}

// showNothingHere answers an address that does not exist.
func (s *Server) showNothingHere(*visit) error {
	return market.Fail(market.NotFound, "error.not_found")
}
