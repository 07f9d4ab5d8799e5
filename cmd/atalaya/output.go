package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// refuseOverwrite refuses an output that is one of the inputs, under whatever
// name.
func refuseOverwrite(flag, output string, inputs ...string) error {
	out, err := os.Stat(output)
	if err != nil {
		return nil //nolint:nilerr // what is not there cannot be overwritten
	}
	for _, input := range inputs {
		if in, err := os.Stat(input); err == nil && os.SameFile(in, out) {
			return fmt.Errorf("--%s %s is the input %s: name another file", flag, output, input)
		}
	}
	return nil
}

// writeFile writes a file beside its name and then gives it the name.
func writeFile(name string, encode func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	out := bufio.NewWriter(f)
	if err := encode(out); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := errors.Join(out.Flush(), f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	return nil
}

// writeAs writes an answer in its own form, or as CSV where the format or the
// output's name says so: to a file, whole or not at all.
func writeAs(p *program, output, format string, own, asCSV func(io.Writer) error) error {
	encode := own
	if format == "csv" || format == "" && strings.EqualFold(filepath.Ext(output), ".csv") {
		encode = asCSV
	}
	if output == "-" {
		return encode(p.stdout)
	}
	return writeFile(output, encode)
}
