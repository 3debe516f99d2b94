package taxonomy

import "noiviec/internal/market"

// payUnits multiply a number.
var payUnits = map[string]float64{
	"ty": 1e9, "trieu": 1e6, "tr": 1e6, "trd": 1e6, "trieudong": 1e6, "cu": 1e6, "chai": 1e6, "mil": 1e6, "million": 1e6, "millions": 1e6, "m": 1e6,
	"k": 1e3, "nghin": 1e3, "ngan": 1e3, "ngh": 1e3, "xi": 1e5, "lit": 1e5, "man": 1e4, "van": 1e4,
}

// currencies by the words and signs for them.
var currencies = map[string]string{
	"vnd": "VND", "dong": "VND", "d": "VND", "vn": "VND", "vnđ": "VND",
	"usd": "USD", "$": "USD", "do": "USD", "dollar": "USD", "dollars": "USD", "us": "USD",
	"eur": "EUR", "euro": "EUR", "€": "EUR", "gbp": "GBP", "£": "GBP", "jpy": "JPY", "yen": "JPY", "¥": "JPY", "krw": "KRW", "won": "KRW", "₩": "KRW",
	"twd": "TWD", "ntd": "TWD", "nt": "TWD", "cny": "CNY", "rmb": "CNY", "te": "CNY", "ndt": "CNY", "aud": "AUD", "sgd": "SGD", "cad": "CAD", "hkd": "HKD",
	"thb": "THB", "baht": "THB", "bat": "THB", "myr": "MYR", "ringgit": "MYR", "lak": "LAK", "kip": "LAK",
}

// payPeriods by the word after "/" or "một"; all unlisted things after "/" that are paid singly are in pieces.
var payPeriods = map[string]market.PayPeriod{
	"thang": market.PerMonth, "th": market.PerMonth, "t": market.PerMonth, "month": market.PerMonth, "months": market.PerMonth, "mo": market.PerMonth, "monthly": market.PerMonth,
	"ngay": market.PerDay, "cong": market.PerDay, "day": market.PerDay, "daily": market.PerDay, "ng": market.PerDay, "n": market.PerDay,
	"gio": market.PerHour, "h": market.PerHour, "g": market.PerHour, "hour": market.PerHour, "hr": market.PerHour, "tieng": market.PerHour, "hours": market.PerHour, "hourly": market.PerHour,
	"tuan": market.PerWeek, "week": market.PerWeek, "weekly": market.PerWeek,
	"nam": market.PerYear, "year": market.PerYear, "yr": market.PerYear, "annum": market.PerYear, "yearly": market.PerYear,
	"ca": market.PerShift, "buoi": market.PerShift, "shift": market.PerShift, "show": market.PerShift, "dem": market.PerShift, "toi": market.PerShift,
}

var pieces = map[string]bool{
	"sp": true, "san": true, "cai": true, "chiec": true, "kg": true, "ky": true, "ki": true, "can": true, "ta": true, "tan": true, "yen": true, "m": true, "met": true,
	"don": true, "chuyen": true, "khoi": true, "con": true, "bo": true, "doi": true, "cay": true, "to": true, "bai": true, "khach": true, "suat": true,
	"ban": true, "thung": true, "bao": true, "goc": true, "video": true, "hop": true, "cuoc": true, "piece": true, "pcs": true, "item": true,
	"mon": true, "tiet": true, "lop": true, "hoc": true, "trang": true, "tu": true, "lan": true, "xe": true, "phong": true, "can ho": true, "vi": true, "nguoi": true, "ha": true, "sao": true,
}

// Words that make an amount a floor or a ceiling.
var (
	floorWords   = map[string]bool{"tu": true, "tren": true, "hon": true, "min": true, "from": true, ">": true, "≥": true, "over": true, "above": true}
	ceilingWords = map[string]bool{"den": true, "toi": true, "duoi": true, "upto": true, "max": true, "<": true, "≤": true, "under": true, "below": true, "len": true, "uptu": true}
	floorPairs   = map[string]bool{"toi thieu": true, "it nhat": true, "khong duoi": true, "thap nhat": true, "khoi diem": true, "bat dau": true, "tro len": true, "starting from": true}
	ceilingPairs = map[string]bool{"toi da": true, "up to": true, "khong qua": true, "cao nhat": true, "len den": true, "len toi": true, "nhieu nhat": true, "lên tới": true, "tro xuong": true, "tro lai": true, "do lai": true, "khong vuot": true}
	rangeWords   = map[string]bool{"-": true, "den": true, "toi": true, "to": true, "and": true, ">": true}
	looseWords   = map[string]bool{"khoang": true, "tam": true, "la": true, "trung": true, "binh": true, ":": true, "=": true, "(": true, "mức": true, "co": true, "the": true, "con": true, "so": true}
)
