// Command cluster is what Solo adds around upstream Kubernetes: it starts and ends the processes of a local cluster,
// makes their keys, and makes image archives where nothing can be pulled.
package main

import (
	"fmt"
	"os"
)

var commands = map[string]func(arguments []string) error{
	"supervise": supervise, // run the processes of a spec until stdin ends
	"cleanup":   cleanup,   // remove what a killed run left
	"mounts":    mounts,    // exec a program that must not touch the machine's own /var/lib/kubelet
	"pki":       pki,       // certificates, tokens, kubeconfigs
	"image":     image,     // a docker-archive tar
}

func main() {
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		fmt.Fprintln(os.Stderr, "usage: cluster {supervise SPEC | cleanup SPEC | mounts KUBELET_DIR -- ARGV | pki DIR NODE URL | image FLAGS}")
		os.Exit(2)
	}
	if err := commands[os.Args[1]](os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
