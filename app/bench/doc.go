// Command bench compares a call between two Parleys with a call between two
// Chromium pages, one after the other, on the same links and this machine, and
// prints both and the ratio as a Markdown table. It is started by
//
//	make bench-call                  (ROWS=clean,1mbit for some rows only)
//
// A row takes about 80 s, all rows 14 minutes. Let nothing else run meanwhile:
// "CPU of all else" in the table, which the laboratory is part of, tells
// whether something did.
//
// The bench needs root, Debian's chromium, and a link laboratory: a program
// whose path stands in the environment variable NETLAB and that makes hosts
// out of network namespaces on one machine, with these commands:
//
//	NETLAB up HOST...              make the hosts, with the addresses 10.99.0.1,
//	                               10.99.0.2 and so on, each on a device net0;
//	                               print a line that starts with "ready" and
//	                               serve until SIGTERM, then take all away
//	NETLAB set LINK KEY=VALUE...   LINK is HOST.up (what it sends) or HOST.down;
//	                               rate=kbit/s (0: no limit), queue=, delay=,
//	                               jitter= (durations; jitter is the mean of an
//	                               exponential delay that keeps the order),
//	                               loss=per cent, burst=mean packets lost in a row
//	NETLAB cut HOST, join HOST     unplug and plug a host
//	NETLAB stats                   {"HOST.up":{"Packets":..,"Bytes":..,"Lost":..,
//	                               "Overflow":..},...}
//	NETLAB exec HOST -- COMMAND    become COMMAND on that host
//
// How it measures, the same for both programs: every picture that the test
// pattern draws carries its number as a bar code. A log of what was shown, and
// when, gives set-up, frame rate, freezes (call.Freezes) and latency; sampled
// pictures are compared with the source picture of that number. Chromium is
// fed a Y4M and a WAV that call.Pattern and call.Tone wrote; Parley draws and
// sounds the same live. Parley's latency starts where the picture is drawn,
// Chromium's where the sending page gets it from its camera; both end where a
// decoded picture is handed over to be painted. Neither paints, and neither
// processes its microphone. Reading the bar codes and keeping two pictures a
// second is in both programs' CPU time. Chromium's signalling does not use the link and
// takes no time: that is in its favour.
package main
