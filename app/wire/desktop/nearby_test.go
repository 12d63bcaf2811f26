package desktop

import (
	"slices"
	"testing"

	"parley/app/callui/roster"
	"parley/call/signal/lan"
)

func TestPeopleNearbyStandBeforeTheBook(t *testing.T) {
	got := beside(
		[]lan.Person{{ID: "a", Name: "Ann", Availability: lan.Available}, {ID: "b", Name: "Bob", Availability: lan.Busy}},
		[]roster.Person{
			{Kind: roster.Contact, Name: "Robert", Address: "nearby:Bob"}, {Kind: roster.Contact, Name: "Carl", Address: "carl.example"},
			{Kind: roster.Recent, Name: "Ann", Address: "nearby:Ann"},
		})
	want := []roster.Person{
		{Kind: roster.Nearby, Name: "Ann", Address: "nearby:a", Presence: roster.Free},
		{Kind: roster.Nearby, Name: "Bob", Address: "nearby:b", Presence: roster.Busy, Known: true},
		{Kind: roster.Contact, Name: "Robert", Address: "nearby:Bob", Presence: roster.Busy},
		{Kind: roster.Contact, Name: "Carl", Address: "carl.example"},
		{Kind: roster.Recent, Name: "Ann", Address: "nearby:Ann"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
