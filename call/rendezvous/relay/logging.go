package relay

import (
	"fmt"
	"log/slog"

	"github.com/pion/logging"
)

// loggers hand pion's log to this program's, all of it as what only developers
// want to see: strangers can have it say anything.
type loggers struct{ log *slog.Logger }

// NewLogger satisfies logging.LoggerFactory.
func (l loggers) NewLogger(scope string) logging.LeveledLogger {
	return logger{l.log.With("part", scope)}
}

type logger struct{ log *slog.Logger }

func (l logger) say(text string)                { l.log.Debug(text) }
func (l logger) sayf(format string, args []any) { l.log.Debug(fmt.Sprintf(format, args...)) }

func (logger) Trace(string)                     {}
func (logger) Tracef(string, ...any)            {}
func (l logger) Debug(m string)                 { l.say(m) }
func (l logger) Debugf(format string, a ...any) { l.sayf(format, a) }
func (l logger) Info(m string)                  { l.say(m) }
func (l logger) Infof(format string, a ...any)  { l.sayf(format, a) }
func (l logger) Warn(m string)                  { l.say(m) }
func (l logger) Warnf(format string, a ...any)  { l.sayf(format, a) }
func (l logger) Error(m string)                 { l.say(m) }
func (l logger) Errorf(format string, a ...any) { l.sayf(format, a) }
