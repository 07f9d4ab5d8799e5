package layer

// Thinned shows what becomes of a long Lorenz curve.
var Thinned = thinned
