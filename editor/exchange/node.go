package exchange

import (
	"encoding/xml"
	"strconv"
)

// node is an element of an XML document.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

// el makes an element; its attributes are names and values in turn.
func el(name string, attrs ...string) node {
	n := node{XMLName: xml.Name{Local: name}}
	for i := 0; i+1 < len(attrs); i += 2 {
		n.Attrs = append(n.Attrs, xml.Attr{Name: xml.Name{Local: attrs[i]}, Value: attrs[i+1]})
	}
	return n
}

// with is the element with further ones in it.
func (n node) with(inside ...node) node {
	n.Nodes = append(n.Nodes[:len(n.Nodes):len(n.Nodes)], inside...)
	return n
}

// set is the element with MLT properties: names and values in turn.
func (n node) set(props ...string) node {
	for i := 0; i+1 < len(props); i += 2 {
		p := el("property", "name", props[i])
		p.Text = props[i+1]
		n = n.with(p)
	}
	return n
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func ftoa(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
