package web

const firmHome = "/can-bo/noi-tuyen"
