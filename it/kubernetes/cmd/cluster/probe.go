package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"time"
)

// A cluster on a busy machine of two cores needs seconds; a minute means that something is wrong.
const defaultLimit = 60 * time.Second

var (
	tokenLine     = regexp.MustCompile(`(?m)^\s*token: (\S+)$`)
	authorityLine = regexp.MustCompile(`(?m)^\s*certificate-authority-data: (\S+)$`)
)

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
	case "object":
		_, err := p.object()
		return err
	case "node":
		return p.nodeIsReady()
	default:
		return fmt.Errorf("unknown kind of probe %q", p.Kind)
	}
}

// object gets what Target names with the token and the authority of the kubeconfig.
func (p Probe) object() ([]byte, error) {
	config, err := os.ReadFile(p.Kubeconfig)
	if err != nil {
		return nil, err
	}
	token, authority := tokenLine.FindSubmatch(config), authorityLine.FindSubmatch(config)
	if token == nil || authority == nil {
		return nil, fmt.Errorf("%s has no token or no authority", p.Kubeconfig)
	}
	certificate, err := base64.StdEncoding.DecodeString(string(authority[1]))
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(http.MethodGet, p.Target, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+string(token[1]))
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(certificate)
	client := &http.Client{
		Timeout:   2 * time.Second,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, DisableKeepAlives: true},
	}
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answers %s", p.Target, response.Status)
	}
	return io.ReadAll(response.Body)
}

func (p Probe) nodeIsReady() error {
	text, err := p.object()
	if err != nil {
		return err
	}
	var node struct {
		Spec   struct{ Taints []struct{ Key string } }
		Status struct {
			Conditions []struct{ Type, Status, Message string }
		}
	}
	if err := json.Unmarshal(text, &node); err != nil {
		return err
	}
	for _, condition := range node.Status.Conditions {
		switch {
		case condition.Type != "Ready":
		case condition.Status != "True":
			return errors.New(condition.Message)
		case len(node.Spec.Taints) > 0: // until the controller-manager has taken them away nothing is scheduled
			return fmt.Errorf("the node is tainted with %s", node.Spec.Taints[0].Key)
		default:
			return nil
		}
	}
	return errors.New("the node has no condition Ready yet")
}
