package main

import (
	"archive/tar"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// image writes a docker-archive tar with one layer, byte for byte the same for the same input: what `docker save`
// writes and `ctr images import` reads, made without either.
func image(arguments []string) error {
	flags := flag.NewFlagSet("image", flag.ContinueOnError)
	name := flags.String("name", "", "the image's name, as solo.local/busybox:1")
	out := flags.String("out", "", "the archive to write")
	var contents, links, argv, environment, folders list
	flags.Var(&contents, "add", "INSIDE=OUTSIDE: a file, or a folder with all below it")
	flags.Var(&links, "link", "INSIDE=TARGET: a symbolic link")
	flags.Var(&folders, "folder", "INSIDE: an empty folder that all may write to")
	flags.Var(&argv, "entrypoint", "one word of the command")
	flags.Var(&environment, "env", "NAME=VALUE")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if *name == "" || *out == "" {
		return errors.New("image needs --name and --out")
	}
	layer, err := os.CreateTemp(filepath.Dir(*out), ".layer-*")
	if err != nil {
		return err
	}
	defer os.Remove(layer.Name())
	defer layer.Close()
	digest := sha256.New()
	w := &tarWriter{Writer: tar.NewWriter(io.MultiWriter(layer, digest)), made: map[string]bool{}}
	for _, each := range []struct {
		entries list
		write   func(inside, outside string) error
	}{{contents, w.tree}, {links, w.link}, {folders, w.folder}} {
		for _, entry := range each.entries {
			inside, outside, _ := strings.Cut(entry, "=")
			if err := each.write(strings.TrimPrefix(path.Clean(inside), "/"), outside); err != nil {
				return fmt.Errorf("%s: %w", entry, err)
			}
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	config, err := json.Marshal(map[string]any{
		"architecture": runtime.GOARCH,
		"os":           "linux",
		"created":      epoch.Format(time.RFC3339),
		"config":       map[string]any{"Entrypoint": argv, "Env": append(list{"PATH=/usr/local/bin:/usr/bin:/bin:/sbin"}, environment...)},
		"rootfs":       map[string]any{"type": "layers", "diff_ids": []string{fmt.Sprintf("sha256:%x", digest.Sum(nil))}},
	})
	if err != nil {
		return err
	}
	// Named by its content: containerd locks a layer's name while it imports one.
	return writeArchive(*out, *name, config, fmt.Sprintf("%x.tar", digest.Sum(nil)), layer)
}

func writeArchive(out, name string, config []byte, layerName string, layer *os.File) error {
	configName := fmt.Sprintf("%x.json", sha256.Sum256(config))
	manifest, err := json.Marshal([]map[string]any{
		{"Config": configName, "RepoTags": []string{name}, "Layers": []string{layerName}},
	})
	if err != nil {
		return err
	}
	file, err := os.Create(out + ".part")
	if err != nil {
		return err
	}
	defer file.Close()
	w := &tarWriter{Writer: tar.NewWriter(file), made: map[string]bool{}}
	size, err := layer.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = layer.Seek(0, io.SeekStart)
	}
	err = errors.Join(err,
		w.bytes("manifest.json", manifest),
		w.bytes(configName, config),
		w.stream(layerName, 0o644, size, layer),
		w.Close(),
		file.Close())
	if err != nil {
		return err
	}
	return os.Rename(out+".part", out)
}

// list is a flag that may be given many times.
type list []string

func (l *list) String() string { return strings.Join(*l, " ") }

func (l *list) Set(value string) error {
	*l = append(*l, value)
	return nil
}
