// Package matcher says who fits what work, and why. It imports the standard library only, knows no clock and
// does no input or output; it has its own input types, so that what they have no field for cannot count.
package matcher
