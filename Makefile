# Two commands set up a fresh machine: "make run" and "make test".
# Debian packages are installed by name; Go comes from Debian and, where that
# is too old, its newer toolchain through the Go module proxy.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VERSION   := 0.1.0
GO_WANTED := 1.26.8

# What is needed for what. A package is installed only where it is missing.
BUILD_PACKAGES := gcc g++ libc6-dev pkg-config libgl1-mesa-dev xorg-dev libxkbcommon-dev libopenh264-dev libvpx-dev libopus-dev
RUN_PACKAGES   := ffmpeg libgl1-mesa-dri xdg-utils libheif-examples webp fonts-inter fonts-noto-core fonts-wqy-microhei
TEST_PACKAGES  := iproute2 xvfb xdotool openbox imagemagick x11-utils pulseaudio pulseaudio-utils desktop-file-utils mpv vlc-bin vlc-plugin-base chromium firefox-esr melt iptables dbus-daemon

# The packages whose tests need no C compiler.
PURE := ./call ./call/rtc ./call/signal/... ./call/rendezvous/... ./call/audio/playout ./call/filestore \
  ./app/keep ./app/people ./app/invites ./editor ./editor/play ./editor/render/mix ./editor/render/aac

# WebRTC's audio processing warns of its own affairs when it is compiled.
export CGO_CXXFLAGS ?= -O2 -g -w
# The same for every step, or the C parts are compiled once for each.
export GOFLAGS ?= -trimpath

GO    = $(shell .ci/go $(GO_WANTED) --where)
BUILD = $(GO) build -ldflags '-s -w -X main.version=$(VERSION)'

.PHONY: help
help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: run
run: build ## install what is missing, build, and open the window
	@if [[ -z "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]]; then \
	  echo "There is no display to open a window on. Run this in a desktop session, or see the main job done without one:"; \
	  echo "  make demo"; exit 1; fi
	@bin/parley

.PHONY: demo
demo: build ## the main job without camera or display: call, record, make a film
	@bin/parley demo --dir build/demo

.PHONY: build
build: tools ## install what building needs, and build bin/parley
	@mkdir -p bin
	@$(BUILD) -o bin/parley .

.PHONY: tools
tools:
	@.ci/packages "building Parley" $(BUILD_PACKAGES)
	@.ci/packages "making films and showing the window" $(RUN_PACKAGES)
	@.ci/go $(GO_WANTED)

.PHONY: test
test: tools ## everything that is tested, the fast and pure first
	@.ci/packages "testing" $(TEST_PACKAGES)
	@GO="$(GO)" PURE="$(PURE)" .ci/test

.PHONY: test-pure
test-pure: ## the tests that need no C compiler, in seconds
	@CGO_ENABLED=0 $(GO) test $(PURE)

.PHONY: lint
lint: ## formatting and vet
	@GO="$(GO)" .ci/lint

.PHONY: bench
bench: ## the frame paths: time, allocations and CPU a frame
	@$(GO) test -run '^$$' -bench . -benchmem ./call/... ./app/video ./app/timeline

.PHONY: bench-call
bench-call: build ## calls over bad links, Parley to Parley and Chromium to Chromium (NETLAB=…)
	@GO="$(GO)" .ci/bench-call

.PHONY: bench-render
bench-render: build ## films made by Parley, plain ffmpeg and melt (ROWS=cuts,still)
	@GO="$(GO)" .ci/bench-render

.PHONY: load
load: ## 10,000 rooms and 200 calls a second on one rendezvous (ROOMS=… RATE=… FOR=…)
	@CGO_ENABLED=0 $(GO) test ./call/rendezvous -run TestLoad -v -count 1 -load.rooms $(or $(ROOMS),10000) -load.rate $(or $(RATE),200) -load.for $(or $(FOR),30s)

.PHONY: soak
soak: build ## an hour of call: memory, goroutines, handles and lip sync (SOAK=3m)
	@$(GO) build -o build/soak ./app/soak
	@build/soak -for $(or $(SOAK),1h)

.PHONY: figures
figures: build ## set-up, latency, CPU, start and render times, printed
	@GO="$(GO)" .ci/figures

.PHONY: install
install: build ## install for all users below /usr/local (PREFIX=…)
	@.ci/install "$(or $(PREFIX),/usr/local)"

.PHONY: clean
clean: ## remove what was built
	@rm -rf bin build
