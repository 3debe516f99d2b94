package web

import (
	"context"
	"time"

	"github.com/gofiber/fiber/v2"
)

// health says whether the records and the index answer, for whoever watches the machine.
func (s *Server) health(v *visit) error {
	ctx, cancel := context.WithTimeout(v.ctx, 2*time.Second)
	defer cancel()
	code, answer := fiber.StatusOK, fiber.Map{"store": "ok", "search": "ok"}
	if err := s.Store.Ping(ctx); err != nil {
		code, answer["store"] = fiber.StatusServiceUnavailable, "unavailable"
	}
	if s.Index == nil {
		answer["search"] = "unavailable"
	}
	return v.Status(code).JSON(answer)
}

// robots lets search engines see postings, and nothing personal.
func (s *Server) robots(v *visit) error {
	return v.SendString("User-agent: *\nDisallow: /toi\nDisallow: /can-bo\nDisallow: /quan-tri\nDisallow: /nha-tuyen-dung\nDisallow: /dang-nhap\nDisallow: /dang-ky\n")
}
