package taxonomy

import "noiviec/internal/market"

// amount reads a number with its unit, currency and period at item i.
func (r *payReader) amount(i int) (amount, bool) {
	var a amount
	for n := 0; n < 2; n++ { // "$", "NT$", "USD" before the number
		if c, ok := currencies[r.at(i).text]; ok && r.at(i).kind != payNumber && (r.at(i+1).kind == payNumber || currencies[r.at(i+1).text] == "USD") && r.at(i).text != "do" {
			if a.currency != "TWD" {
				a.currency = c
			}
			i++
		}
	}
	number := r.at(i)
	if number.kind != payNumber || r.at(i+1).text == "%" || r.thirteenth(i) || len(number.text) >= 9 && number.text[0] == '0' {
		return a, false
	}
	a.value, a.grouped, a.next = number.value, number.grouped, i+1
	r.unit(&a, number)
	r.currency(&a)
	r.period(&a)
	return a, true
}

// thirteenth reports whether the number at an item is that of the thirteenth month's pay, which is a bonus.
func (r *payReader) thirteenth(i int) bool {
	n := r.at(i)
	return (n.value == 13 || n.value == 14) && (r.at(i-1).text == "thang" || r.at(i-1).text == "thu") && payUnits[r.at(i+1).text] == 0
}

// spelledTenth reports whether a word at an item is the tenths of an amount in words: "một triệu hai".
func (r *payReader) spelledTenth(number payItem, i int) bool {
	v, after := numberWords[r.at(i).text], r.at(i+1)
	return number.text == "spelled" && r.at(i).kind == payWord && v >= 2 && v <= 9 && (i+1 == len(r.items) || after.kind == paySymbol || after.text == "mot" || after.text == "moi")
}

// unit reads "triệu", "k", "củ"…, what follows it ("8tr5", "8 triệu rưỡi", "8 triệu 500 nghìn"), and "man".
func (r *payReader) unit(a *amount, number payItem) {
	it := r.at(a.next)
	unit, ok := payUnits[it.text]
	if !ok || it.kind != payWord || it.text == "m" && (r.at(a.next+1).kind == payNumber || !it.glued) {
		return
	}
	if it.text == "man" || it.text == "van" && r.says("yen", "jpy", "nhat") {
		a.currency = "JPY"
	} else if it.text == "van" {
		return
	}
	a.unit = unit
	a.next++
	if r.at(a.next).text == "trieu" && unit == 1e3 { // "nghìn triệu" is nobody's pay, but read it
		a.unit *= 1e6
		a.next++
	}
	rest := r.at(a.next)
	switch {
	case r.spelledTenth(number, a.next):
		a.value += numberWords[rest.text] / 10
		a.next++
	case rest.text == "ruoi":
		a.value += 0.5
		a.next++
	case rest.kind == payNumber && rest.glued && rest.digits <= 3 && !rest.grouped && rest.value == float64(int(rest.value)):
		a.value += fraction(rest)
		a.next++
		if k := r.at(a.next); unit == 1e6 && (k.text == "k" || k.text == "nghin" || k.text == "ngan") {
			a.next++
		}
	case rest.kind == payNumber && unit == 1e6 && payUnits[r.at(a.next+1).text] == 1e3:
		a.value += rest.value / 1000
		a.next += 2
	case rest.kind == payNumber && unit == 1e6 && (rest.digits == 1 || rest.digits == 3) && (a.next+1 == len(r.items) || r.at(a.next+1).text == "/"):
		a.value += fraction(rest)
		a.next++
	}
}

// fraction gives what digits after a unit stand for: "8tr5", "8tr50" and "8tr500" are all 8.5 million.
func fraction(it payItem) float64 {
	v := it.value
	for range it.digits {
		v /= 10
	}
	return v
}

// currency reads "đ", "đồng", "VNĐ", "USD", "đài tệ", "nhân dân tệ" after a number.
func (r *payReader) currency(a *amount) {
	first, second, third := r.at(a.next).text, r.at(a.next+1).text, r.at(a.next+2).text
	switch {
	case first == "dai" && second == "te":
		a.currency, a.next = "TWD", a.next+2
	case first == "dai" && second == "loan" && third == "te":
		a.currency, a.next = "TWD", a.next+3
	case first == "nhan" && second == "dan" && third == "te":
		a.currency, a.next = "CNY", a.next+3
	case first == "do" && (second == "la" || second == "my"):
		a.currency, a.next = "USD", a.next+2
	case first == "viet" && second == "nam" || first == "vn" && (second == "d" || second == "dong"):
		a.currency, a.next = "VND", a.next+2
	default:
		if c, ok := currencies[first]; ok && first != "us" && first != "vn" && first != "nt" && !(first == "do" && second != "" && second != "/" && second != "-") {
			if a.currency == "" || c != "VND" {
				a.currency = c
			}
			a.next++
			if r.at(a.next).text == "viet" && r.at(a.next+1).text == "nam" {
				a.next += 2
			}
		}
	}
}

// period reads "/tháng", "mỗi ngày", "1 giờ", "/26 công", "/người/ngày" after an amount.
func (r *payReader) period(a *amount) {
	i := a.next
	if r.at(i).text == "(" {
		return
	}
	slash := r.at(i).text == "/" || r.at(i).text == "per" || r.at(i).text == "moi" || r.at(i).text == "mot" || r.at(i).text == "hang" || r.at(i).text == "a" || r.at(i).text == "\\" || r.at(i).text == "một"
	if slash {
		i++
	}
	if slash && (r.at(i).text == "mot" || r.at(i).text == "moi") {
		i++
	}
	if n := r.at(i); n.kind == payNumber && (slash || n.value == 1) {
		word := r.at(i + 1).text
		switch {
		case n.value == 1:
			i++
		case word == "cong" || word == "ngay" && n.value >= 20: // a full month of days
			a.period, a.next = market.PerMonth, i+2
			if r.at(a.next).text == "cong" {
				a.next++
			}
			return
		case (word == "h" || word == "tieng" || word == "gio") && n.value >= 6: // a day of that many hours
			a.period, a.next = market.PerDay, i+2
			return
		default:
			return
		}
		slash = true
	}
	if r.at(i).text == "nguoi" && r.at(i+1).text == "/" {
		i += 2
	}
	word := r.at(i).text
	p, known := payPeriods[word]
	switch {
	case known && (slash || a.money() && len(word) > 2 && word != "nam" && word != "toi" && word != "dem"):
		a.period, a.next = p, i+1
		if word == "ngay" && r.at(i+1).text == "cong" || word == "gio" && r.at(i+1).text == "lam" {
			a.next++
		}
	case slash && pieces[word]:
		a.period, a.next = market.PerPiece, i+1
	}
}
