package openapi_test

import (
	"testing"

	"atalaya/handlers/openapi"

	"github.com/getkin/kin-openapi/openapi3"
)

func TestTheDocumentIsValidOpenAPIWithItsExamples(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.Document())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestEveryOperationSaysWhatItIsAndHowItFails(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(openapi.Document())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			name := method + " " + path
			if op.Summary == "" || op.OperationID == "" || len(op.Tags) != 1 {
				t.Errorf("%s: summary %q, operationId %q, tags %v", name, op.Summary, op.OperationID, op.Tags)
			}
			if other, twice := seen[op.OperationID]; twice {
				t.Errorf("%s has the operationId of %s", name, other)
			}
			seen[op.OperationID] = name
			failure := op.Responses.Default()
			if failure == nil || failure.Value.Content.Get("application/problem+json") == nil {
				t.Errorf("%s has no problem document as its default answer", name)
			}
		}
	}
}

func TestCallersCannotChangeTheDocument(t *testing.T) {
	openapi.Document()[0] = '!'
	if openapi.Document()[0] == '!' {
		t.Error("the document changed")
	}
}
