package taxonomy

import "fmt"

// Tile is one of the most common jobs of the province, to be picked by its everyday name and a picture.
type Tile struct {
	Code string // the occupation's
	Name string // as people say it
	EN   string
	Icon string // of a drawing that several kinds of work share: "sewing", "truck"
}

// MaxTiles is how many tiles fit the picker.
const MaxTiles = 60

func (t *Taxonomy) loadTiles() error {
	err := each("occupation_tiles.csv", func(r row) error {
		tile := Tile{r.text("code"), r.text("name_vi"), r.text("name_en"), r.text("icon")}
		if !t.HasOccupation(tile.Code) || tile.Name == "" || tile.EN == "" || tile.Icon == "" {
			return fmt.Errorf("tile %+v", tile)
		}
		t.tiles = append(t.tiles, tile)
		return nil
	})
	if err == nil && len(t.tiles) > MaxTiles {
		err = fmt.Errorf("%d tiles, want at most %d", len(t.tiles), MaxTiles)
	}
	return err
}

// Tiles gives the most common jobs in the order they are shown.
func (t *Taxonomy) Tiles() []Tile { return t.tiles }

// TileIcons gives the names of the drawings that the tiles use, each once, in the order of first use.
func (t *Taxonomy) TileIcons() []string {
	var out []string
	seen := map[string]bool{}
	for _, tile := range t.tiles {
		if !seen[tile.Icon] {
			seen[tile.Icon] = true
			out = append(out, tile.Icon)
		}
	}
	return out
}
