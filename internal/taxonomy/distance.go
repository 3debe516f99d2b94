package taxonomy

import (
	"cmp"
	"math"
	"slices"
)

// earthRadius in km, the mean radius of IUGG.
const earthRadius = 6371.0088

// NearCommune is a commune and how far it is, in km as the crow flies. Roads in the mountains are 1.5 to 2
// times as long (own estimate of the data's authors).
type NearCommune struct {
	Commune Commune
	Km      float64
}

// DistanceKm gives the distance between two communes' middles in km as the crow flies; ok is false when a
// code does not exist.
func (t *Taxonomy) DistanceKm(from, to string) (km float64, ok bool) {
	a, okA := t.Commune(from)
	b, okB := t.Commune(to)
	if !okA || !okB {
		return 0, false
	}
	return haversine(a.Lat, a.Lon, b.Lat, b.Lon), true
}

func haversine(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	sinLat, sinLon := math.Sin((lat2-lat1)*rad/2), math.Sin((lon2-lon1)*rad/2)
	h := sinLat*sinLat + math.Cos(lat1*rad)*math.Cos(lat2*rad)*sinLon*sinLon
	return 2 * earthRadius * math.Asin(min(1, math.Sqrt(h)))
}

// Nearest gives the communes around one, nearest first, itself first of all; limit 0 is all of them.
func (t *Taxonomy) Nearest(commune string, limit int) []NearCommune {
	c, ok := t.Commune(commune)
	if !ok {
		return nil
	}
	return t.NearestTo(c.Lat, c.Lon, limit)
}

// NearestTo gives the communes around a point (degrees), nearest first; limit 0 is all of them.
func (t *Taxonomy) NearestTo(lat, lon float64, limit int) []NearCommune {
	out := t.within(lat, lon, math.Inf(1))
	if limit > 0 && limit < len(out) {
		out = out[:limit]
	}
	return out
}

// WithinKm gives the communes whose middle is at most km away from a commune's, nearest first, itself
// included.
func (t *Taxonomy) WithinKm(commune string, km float64) []NearCommune {
	c, ok := t.Commune(commune)
	if !ok {
		return nil
	}
	return t.within(c.Lat, c.Lon, km)
}

// within gives the communes at most km away from a point, nearest first. One that is further north or south than that
// needs no exact distance, and that is most of the country.
func (t *Taxonomy) within(lat, lon, km float64) []NearCommune {
	const kmPerDegree = 111.19 // of latitude: a little less than earthRadius × π/180
	var out []NearCommune
	for i := range t.places.communes {
		c := &t.places.communes[i]
		if math.Abs(c.Lat-lat)*kmPerDegree > km {
			continue
		}
		if far := haversine(lat, lon, c.Lat, c.Lon); far <= km {
			out = append(out, NearCommune{*c, far})
		}
	}
	slices.SortFunc(out, func(a, b NearCommune) int {
		return cmp.Or(cmp.Compare(a.Km, b.Km), cmp.Compare(a.Commune.Code, b.Commune.Code))
	})
	return out
}
