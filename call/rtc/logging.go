package rtc

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/pion/logging"
)

// loggers carries pion's logs into the program's, a level lower: what pion
// calls an error is seldom one for a person.
type loggers struct{ log *slog.Logger }

func (l loggers) NewLogger(scope string) logging.LeveledLogger {
	return logger{l.log.With("scope", scope)}
}

type logger struct{ log *slog.Logger }

func (l logger) put(level slog.Level, format string, args []any) {
	if l.log.Enabled(context.Background(), level) {
		l.log.Log(context.Background(), level, fmt.Sprintf(format, args...))
	}
}

const trace = slog.LevelDebug - 4

func (l logger) Trace(m string)            { l.put(trace, "%s", []any{m}) }
func (l logger) Tracef(f string, a ...any) { l.put(trace, f, a) }
func (l logger) Debug(m string)            { l.put(trace, "%s", []any{m}) }
func (l logger) Debugf(f string, a ...any) { l.put(trace, f, a) }
func (l logger) Info(m string)             { l.put(slog.LevelDebug, "%s", []any{m}) }
func (l logger) Infof(f string, a ...any)  { l.put(slog.LevelDebug, f, a) }
func (l logger) Warn(m string)             { l.put(slog.LevelDebug, "%s", []any{m}) }
func (l logger) Warnf(f string, a ...any)  { l.put(slog.LevelDebug, f, a) }
func (l logger) Error(m string)            { l.put(slog.LevelInfo, "%s", []any{m}) }
func (l logger) Errorf(f string, a ...any) { l.put(slog.LevelInfo, f, a) }
