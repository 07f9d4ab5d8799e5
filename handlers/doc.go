// Package handlers is Atalaya over HTTP: JSON, GeoJSON and CSV for programs
// under /api/v1, and the pages for people.
//
//	api, err := handlers.New(handlers.Options{Store: st, Maker: layer.NewMaker(st)})
//	if err != nil { … }
//	defer api.Close(ctx)
//	err = http.ListenAndServe("127.0.0.1:8080", api)
//
// router.go shows the whole API on one page; handlers/openapi holds the
// contract, and a test keeps the two equal. A handler reads its request,
// calls the store or makes a layer, and returns an error or writes an answer;
// problem.go turns every error into a problem document.
//
// Assumptions: one process serves one store; who may connect is settled before
// a request arrives here (the service listens on loopback), so that no answer
// depends on who asks.
//
// Sources: RFC 9110 (HTTP), RFC 9457 (problem documents), RFC 7946 (GeoJSON).
package handlers
