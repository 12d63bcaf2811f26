package wire

import (
	"parley/app/people"
	"parley/call"
)

// policy is what the contacts and the person say about whom to talk with.
func (s *System) policy() call.Policy {
	s.diary = people.NewDiary(s.People, func(err error) { s.log.Error("the history has a gap", "err", err) })
	return call.Policy{
		Standing: s.People.Standing, Hold: s.holds,
	}
}

// holds says whether a call to another machine than before waits for the
// person. A script has nobody to ask: it goes on with a warning, unless the
// words were compared with who should be there.
func (s *System) holds(c call.Caller) bool {
	if s.options.Ask {
		return true
	}
	book := s.People.Get()
	who, is := book.Expected(c.Address)
	return is && !who.Verified.IsZero()
}
