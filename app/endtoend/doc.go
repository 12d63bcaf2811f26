// Package endtoend tests the finished program from outside: as processes that
// call each other, in a window that is clicked, and at a real sound server.
// Its tests have the build tag endtoend and take a few minutes:
//
//	go test -tags endtoend -v ./app/endtoend
//
// PARLEY_BINARY names the program to be tested; without it one is built.
// PARLEY_ARTIFACTS names a folder for the screenshots and films that are worth
// a look; without it they go with the test.
//
// Every process belongs to the test that started it, which ends it by its id
// and waits for it.
package endtoend
