package rendezvous

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// Server is a rendezvous. It owns the goroutines of its connections.
type Server struct {
	config Config
	log    *slog.Logger
	hub    *hub
	figure *figures
	mux    *http.ServeMux
	ctx    context.Context
	stop   context.CancelFunc
	unhear []func()

	backlog backlog

	mu   sync.Mutex // guards shut against wait
	shut bool
	wait sync.WaitGroup
	once sync.Once
}

// New makes a server that is ready to be asked. Close it.
func New(c Config) (*Server, error) {
	c = c.withDefaults()
	s := &Server{config: c, log: c.Log, figure: newFigures(), mux: http.NewServeMux()}
	s.backlog.most = int64(c.Limits.Backlog)
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.hub = newHub(c, s.figure)
	s.figure.registry.MustRegister(gauges{s.hub})
	for _, topic := range []string{nodeTopic(s.hub.node), everybody} {
		stop, err := c.Bus.Subscribe(topic, s.hub.heard)
		if err != nil {
			s.unsubscribe()
			return nil, fmt.Errorf("the other servers are not reached: %w", err)
		}
		s.unhear = append(s.unhear, stop)
	}
	s.routes()
	s.start(s.keep)
	return s, nil
}

// Handler serves everything but the figures.
func (s *Server) Handler() http.Handler { return s.mux }

func (s *Server) routes() {
	s.mux.HandleFunc("GET /ws", s.accept)
	s.mux.HandleFunc("GET /healthz", s.health)
	s.pages()
}

// start runs f in a goroutine that Close waits for; none is started after it.
func (s *Server) start(f func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shut {
		s.wait.Go(f)
	}
	return !s.shut
}

// keep does what is due, once a second.
func (s *Server) keep() {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for n := int64(1); ; n++ {
		select {
		case <-ticker.C:
			s.hub.tick(n)
		case <-s.ctx.Done():
			return
		}
	}
}

// Close ends all connections and waits for them. Who is connected is told
// before by GoAway.
func (s *Server) Close() error {
	s.once.Do(func() {
		s.hub.do(func(t *turn) { t.posts = append(t.posts, post{topic: everybody, note: note{Kind: ends}}) })
		s.mu.Lock()
		s.shut = true
		s.mu.Unlock()
		s.stop()
		s.wait.Wait()
		s.unsubscribe()
	})
	return nil
}

func (s *Server) unsubscribe() {
	for _, stop := range s.unhear {
		stop()
	}
}
