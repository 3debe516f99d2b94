package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"hash/fnv"
	"net/http"
	"net/url"
	"sync"
	"time"

	"crypto/sha256"

	"github.com/gofiber/fiber/v2"

	"noiviec/internal/market"
)

// contentPolicy allows our own stylesheet, images and script files, and nothing written into a page.
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func (s *Server) secureHeaders(c *fiber.Ctx) error {
	c.Set("Content-Security-Policy", contentPolicy)
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("X-Frame-Options", "DENY")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cache-Control", "private, no-store")
	if s.Secure {
		c.Set("Strict-Transport-Security", "max-age=31536000")
	}
	return c.Next()
}

// formSecret is what this browser's forms are tied to: the session, or a cookie for those who are not logged in.
func (v *visit) formSecret(make bool) string {
	if v.session != nil {
		return v.session.CSRF
	}
	if secret := v.Cookies(v.s.cookieName("nv-form")); len(secret) >= 20 {
		return secret
	}
	if !make {
		return ""
	}
	if secret, ok := v.Locals("nv-form").(string); ok {
		return secret
	}
	secret := rand.Text()
	v.Locals("nv-form", secret)
	v.setCookie("nv-form", secret, 24*time.Hour)
	return secret
}

// formToken gives a token for one form: different every time, so that a compressed page leaks nothing of it.
func (v *visit) formToken() string {
	salt := rand.Text()[:12]
	return salt + "." + sign(v.formSecret(true), salt)
}

func sign(secret, salt string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(salt))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// checkForm refuses a form that was not ours: sent from another site, or without the token of this browser.
func (v *visit) checkForm() error {
	request := &http.Request{Method: http.MethodPost, Host: string(v.Request().Host()), URL: &url.URL{Path: v.Path()}, Header: http.Header{}}
	for _, name := range []string{"Origin", "Sec-Fetch-Site"} {
		if value := v.Get(name); value != "" {
			request.Header.Set(name, value)
		}
	}
	if err := http.NewCrossOriginProtection().Check(request); err != nil {
		return market.Fail(market.Denied, "error.form.foreign")
	}
	token, secret := v.FormValue("_form"), v.formSecret(false)
	if len(token) < 14 || secret == "" || token[12] != '.' ||
		subtle.ConstantTimeCompare([]byte(token[13:]), []byte(sign(secret, token[:12]))) != 1 {
		return market.Fail(market.Denied, "error.form.expired")
	}
	return nil
}

// lockSent makes two sendings of the same form wait for each other.
func (s *Server) lockSent(once string) (unlock func()) {
	h := fnv.New32a()
	h.Write([]byte(once))
	m := &s.sent[h.Sum32()%uint32(len(s.sent))]
	m.Lock()
	return m.Unlock
}

// limiter is a token bucket for each key, kept in memory: a restart forgives.
type limiter struct {
	mu      sync.Mutex
	buckets map[string]bucket
}

type bucket struct {
	tokens float64
	at     time.Time
}

func newLimiter() *limiter { return &limiter{buckets: map[string]bucket{}} }

// allow takes one token of a bucket that holds burst and fills again in the given time.
func (l *limiter) allow(key string, burst float64, refill time.Duration, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.buckets) > 50_000 { // an attack from many addresses must not fill the memory
		for k, b := range l.buckets {
			if now.Sub(b.at) > refill {
				delete(l.buckets, k)
			}
		}
	}
	b := l.filled(key, burst, refill, now)
	ok := b.tokens >= 1
	if ok {
		b.tokens--
	}
	l.buckets[key] = b
	return ok
}

// left reports whether allow would find a token, and takes none.
func (l *limiter) left(key string, burst float64, refill time.Duration, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.filled(key, burst, refill, now).tokens >= 1
}

// filled gives a bucket as it is by now; a new one is full.
func (l *limiter) filled(key string, burst float64, refill time.Duration, now time.Time) bucket {
	b, ok := l.buckets[key]
	if !ok {
		return bucket{burst, now}
	}
	return bucket{min(burst, b.tokens+burst*float64(now.Sub(b.at))/float64(refill)), now}
}
