package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"time"
)

// A cluster on a busy machine of two cores needs seconds; a minute means that something is wrong.
const defaultLimit = 60 * time.Second

var insecure = &http.Client{
	Timeout: 2 * time.Second,
	// Only whether it answers is asked, nothing secret is sent; proxies of the environment are not for loopback.
	Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true},
}

// wait blocks until the probe holds, or tells why it did not in time.
func (p Probe) wait(ctx context.Context) error {
	limit := time.Duration(p.LimitMs) * time.Millisecond
	if limit == 0 {
		limit = defaultLimit
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		err := p.try()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("not ready after %s: %w", limit, err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (p Probe) try() error {
	switch p.Kind {
	case "":
		return nil
	case "unix", "tcp":
		connection, err := net.DialTimeout(p.Kind, p.Target, time.Second)
		if err != nil {
			return err
		}
		return connection.Close()
	case "answers", "https":
		response, err := insecure.Get(p.Target)
		if err != nil {
			return err
		}
		response.Body.Close()
		if p.Kind == "https" && response.StatusCode != http.StatusOK {
			return fmt.Errorf("%s answers %s", p.Target, response.Status)
		}
		return nil
	default:
		return fmt.Errorf("unknown kind of probe %q", p.Kind)
	}
}
