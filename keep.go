//go:build keep

package main

// Modules that are about to be used.
import (
	_ "github.com/livekit/livekit-cli/v2/pkg/apm"
	_ "github.com/pion/mediadevices/pkg/driver/screen"
	_ "go.uber.org/goleak"
)
