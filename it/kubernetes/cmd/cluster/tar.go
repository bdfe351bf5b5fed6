package main

import (
	"archive/tar"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"
)

var epoch = time.Unix(0, 0).UTC()

// tarWriter makes each parent folder once and gives everything the same owner and time.
type tarWriter struct {
	*tar.Writer
	made map[string]bool
}

func (w *tarWriter) tree(inside, outside string) error {
	return filepath.WalkDir(outside, func(found string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, _ := filepath.Rel(outside, found)
		name := path.Join(inside, filepath.ToSlash(relative))
		stat, err := os.Stat(found)
		switch {
		case err != nil:
			return err
		case entry.Type()&fs.ModeSymlink != 0 && found != outside:
			target, err := os.Readlink(found)
			return errors.Join(err, w.link(name, target))
		case stat.IsDir():
			return w.parents(name + "/x")
		}
		file, err := os.Open(found)
		if err != nil {
			return err
		}
		defer file.Close()
		return w.stream(name, int64(stat.Mode().Perm()), stat.Size(), file)
	})
}

func (w *tarWriter) link(inside, target string) error {
	return errors.Join(w.parents(inside),
		w.WriteHeader(&tar.Header{Typeflag: tar.TypeSymlink, Name: inside, Linkname: target, Mode: 0o777, ModTime: epoch}))
}

func (w *tarWriter) folder(inside, _ string) error {
	w.made[inside] = true
	return errors.Join(w.parents(inside),
		w.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: inside + "/", Mode: 0o1777, ModTime: epoch}))
}

func (w *tarWriter) bytes(inside string, content []byte) error {
	return w.stream(inside, 0o644, int64(len(content)), strings.NewReader(string(content)))
}

func (w *tarWriter) stream(inside string, mode, size int64, content io.Reader) error {
	err := errors.Join(w.parents(inside),
		w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: inside, Mode: mode, Size: size, ModTime: epoch}))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, content)
	return err
}

func (w *tarWriter) parents(inside string) error {
	parent := path.Dir(inside)
	if parent == "." || parent == "/" || w.made[parent] {
		return nil
	}
	w.made[parent] = true
	return errors.Join(w.parents(parent),
		w.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: parent + "/", Mode: 0o755, ModTime: epoch}))
}
