// Package demo invents a labour market like Điện Biên's: people, firms, vacancies, the year's plan and the
// figures of the article the project begins with. Every firm is called "Mẫu" (sample) and every person's
// surname and given name are drawn apart, so nobody real is described. The same seed gives the same market.
package demo
