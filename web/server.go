package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/compress"

	"noiviec/internal/casework"
	"noiviec/internal/market"
	"noiviec/internal/store"
	"noiviec/internal/taxonomy"
	"noiviec/jobs"
	"noiviec/search"
)

// Runner starts jobs and says which there are; jobs satisfies it.
type Runner interface {
	Names() []string
	Due(name string, after time.Time) (line string, next time.Time)
	Start(ctx context.Context, name, trigger string, by market.ID) error
}

// Config is what the pages stand on. Centre, Store, Desk and Tax are needed, the rest has defaults.
type Config struct {
	Addr    string    // "127.0.0.1:8080"
	Centre  market.ID // whose pages these are
	Store   *store.Store
	Desk    *casework.Desk
	Index   *search.Index // nil while it is being built: search says so and lists from the store
	Runner  Runner        // nil: no jobs can be started here
	Tax     *taxonomy.Taxonomy
	Lexicon *jobs.Lexicon // the words that staff have added; nil: Tax alone
	Engine  *jobs.Engine  // answers "what if" and "why not"; nil: one that reads the store when first asked
	Now     func() time.Time
	Secure  bool     // served over https, here or by a proxy: __Host- cookies and HSTS
	Dev     bool     // read templates and catalogues from the folder web/ again for every page
	Proxies []string // addresses of proxies whose X-Forwarded-For is believed
	Log     *slog.Logger
}

// Server answers requests. Make one with New.
type Server struct {
	Config
	app    *fiber.App
	pages  *pages
	words  catalogues
	assets *assets
	limits *limiter
	hasher chan struct{} // at most two passwords are checked at a time: each takes 19 MiB
	sent   [64]sync.Mutex
	missed missedLog
}

// readDeadline bounds every store and search call of one request; writes may retry, so they get longer.
const (
	readDeadline  = 4 * time.Second
	writeDeadline = 10 * time.Second
)

// New builds the application from the table of routes.
func New(cfg Config) (*Server, error) {
	if cfg.Centre == "" || cfg.Tax == nil {
		return nil, errors.New("web: centre and taxonomy are needed")
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Engine == nil {
		cfg.Engine = jobs.NewEngine(jobs.Config{Centre: cfg.Centre, Store: cfg.Store, Tax: cfg.Tax, Now: cfg.Now, Log: cfg.Log})
	}
	s := &Server{Config: cfg, limits: newLimiter(), hasher: make(chan struct{}, 2)}
	var err error
	if s.words, err = loadCatalogues(sources(cfg.Dev)); err != nil {
		return nil, fmt.Errorf("load catalogues: %w", err)
	}
	if s.assets, err = loadAssets(); err != nil {
		return nil, fmt.Errorf("load assets: %w", err)
	}
	if s.pages, err = loadPages(sources(cfg.Dev), s.assets); err != nil {
		return nil, fmt.Errorf("load templates: %w", err)
	}
	s.build()
	return s, nil
}

// App gives the application, for tests and for cmd.
func (s *Server) App() *fiber.App { return s.app }

func (s *Server) build() {
	s.app = fiber.New(fiber.Config{
		AppName:                 "noiviec",
		ServerHeader:            "",
		Immutable:               true, // strings taken from a request stay what they are after it
		ReadBufferSize:          16 << 10,
		BodyLimit:               2 << 20,
		ReadTimeout:             15 * time.Second,
		WriteTimeout:            30 * time.Second,
		IdleTimeout:             75 * time.Second,
		DisableStartupMessage:   true,
		EnableTrustedProxyCheck: true,
		TrustedProxies:          s.Proxies,
		ProxyHeader:             fiber.HeaderXForwardedFor,
		ErrorHandler:            s.answerError,
	})
	s.app.Use(s.recover, s.secureHeaders, compress.New(compress.Config{Level: compress.LevelDefault}))
	s.app.Get("/static/:file", s.sendAsset)
	for _, r := range routes() {
		s.app.Add(r.method, r.path, s.enter(r))
		if r.method == fiber.MethodGet { // what watches a service often asks for the head only
			s.app.Head(r.path, s.enter(r))
		}
	}
	s.app.Use(s.enter(route{action: public, handle: (*Server).showNothingHere}))
}

// Listen serves until ctx ends, then lets running requests finish for ten seconds.
func (s *Server) Listen(ctx context.Context) error {
	l, err := net.Listen("tcp", s.Addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", s.Addr, err)
	}
	writing, stop := context.WithCancel(ctx)
	var ended sync.WaitGroup
	defer ended.Wait()
	defer stop()
	ended.Go(func() { s.keepWritingMissed(writing) })
	done := make(chan error, 1)
	go func() { done <- s.app.Listener(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return s.app.ShutdownWithTimeout(10 * time.Second)
	}
}
