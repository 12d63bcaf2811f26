package rendezvous

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
)

// explain says in a sentence why a server was not reached, and what to do.
// answer is what it said in place of opening a WebSocket, if anything.
func explain(err error, answer *http.Response, host string) error {
	if sentence := explainAnswer(answer); sentence != "" {
		return fmt.Errorf("%s %s: %w", host, sentence, err)
	}
	if sentence := explainCertificate(err); sentence != "" {
		return fmt.Errorf("%s %s: %w", host, sentence, err)
	}
	return explainNetwork(err, host)
}

func explainAnswer(answer *http.Response) string {
	if answer == nil {
		return ""
	}
	switch answer.StatusCode {
	case http.StatusTooManyRequests:
		return "was asked too often from here; wait a minute and try again"
	case http.StatusServiceUnavailable, http.StatusBadGateway, http.StatusGatewayTimeout:
		return "is being restarted or is out of order; try again in a moment"
	case http.StatusNotFound:
		return "has no rendezvous of Parley at this address; check the link"
	}
	return ""
}

// explainCertificate is "" where the server proved who it is.
func explainCertificate(err error) string {
	var invalid x509.CertificateInvalidError
	var named x509.HostnameError
	var proof *tls.CertificateVerificationError
	var plain tls.RecordHeaderError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "shows a certificate that has run out or does not hold yet; check this machine's clock, and else tell whoever runs the server"
	case errors.As(err, &named):
		return "shows the certificate of another server; check the link, and do not call through this network if it is right"
	case errors.As(err, &proof):
		return "shows a certificate that nobody vouches for whom this machine trusts; whoever runs the server has to give it one that browsers accept"
	case errors.As(err, &plain):
		return "does not answer in TLS; check the link, and the server's port"
	}
	return ""
}

func explainNetwork(err error, host string) error {
	var dns *net.DNSError
	switch {
	case errors.As(err, &dns):
		return fmt.Errorf("there is no server named %q; check the link, and that this machine is on the network: %w", host, err)
	case errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("no rendezvous runs at %s at the moment; try again later: %w", host, err)
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return fmt.Errorf("there is no way from this machine to %s; check that it is on the network: %w", host, err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s does not answer; check that this machine is on the network, or try again later: %w", host, err)
	}
	return fmt.Errorf("connecting to %s: %w", host, err)
}
