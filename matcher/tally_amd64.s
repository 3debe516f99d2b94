#include "textflag.h"

// CHOOSE goes on with the version for this processor; all of them find what they are given in the same places.
#define CHOOSE(whole, half, simple) \
	CMPB ·lanes(SB), $32; \
	JLT plain; \
	JEQ halves; \
	JMP whole; \
halves: \
	JMP half; \
plain: \
	JMP simple

// ASMANY leaves it to the simple version to complain of tables that are not as many as what is looked up.
#define ASMANY(things, tables) \
	MOVQ things, CX; \
	CMPQ CX, tables; \
	JNE plain

// These take up what tally is given of couples and of columns, and what tallyLeft and tallyCovered are.
#define COUPLESGIVEN \
	MOVQ start+16(FP), SI; \
	MOVQ couples_base+24(FP), BX; \
	MOVQ worth_base+48(FP), DX; \
	MOVQ couples_len+32(FP), CX

#define COLUMNSGIVEN \
	MOVQ columns_base+72(FP), BX; \
	MOVQ tables_base+96(FP), DX; \
	MOVQ columns_len+80(FP), CX

#define LEFTGIVEN \
	MOVQ left+0(FP), DI; \
	MOVQ start+8(FP), SI; \
	MOVQ columns_base+16(FP), BX; \
	MOVQ tables_base+40(FP), DX; \
	MOVQ columns_len+24(FP), CX

#define PLACESGIVEN \
	MOVQ places+64(FP), BX; \
	MOVQ near+72(FP), DX

// MOST is what a side comes to at most, in every byte, and JOINING is joining, in every word.
#define MOST $0x6464646464646464
#define JOINING $0x00a300a300a300a3

#define COVEREDGIVEN \
	MOVQ out+0(FP), DI; \
	MOVQ start+8(FP), SI; \
	MOVQ couples_base+16(FP), BX; \
	MOVQ couples_len+24(FP), CX; \
	MOVQ gains+40(FP), DX

// func tally(out, asked, start *column, couples []couple, worth [][2]ways, columns []column, tables [][2]losses, budget uint8) (within uint64)
TEXT ·tally(SB), NOSPLIT, $0-136
	ASMANY(couples_len+32(FP), worth_len+56(FP))
	ASMANY(columns_len+80(FP), tables_len+104(FP))
	CHOOSE(tally64<>(SB), tally32<>(SB), ·tallyPlain(SB))

// func tallyLeft(left, start *column, columns []column, tables [][2]losses, places *places, near *placeLosses, wish, asked uint8) (greatest uint8)
TEXT ·tallyLeft(SB), NOSPLIT, $0-89
	ASMANY(columns_len+24(FP), tables_len+48(FP))
	CHOOSE(tallyLeft64<>(SB), tallyLeft32<>(SB), ·tallyLeftPlain(SB))

// func tallyCovered(out, start *column, couples []couple, gains *ways, least uint8) (rows uint64)
TEXT ·tallyCovered(SB), NOSPLIT, $0-64
	CHOOSE(tallyCovered64<>(SB), tallyCovered32<>(SB), ·tallyCoveredPlain(SB))

// func reaching(in *column, least uint8) (rows uint64)
TEXT ·reaching(SB), NOSPLIT, $0-24
	CHOOSE(reaching64<>(SB), reaching32<>(SB), ·reachingPlain(SB))

// func uppermost(in *column) (most uint8)
TEXT ·uppermost(SB), NOSPLIT, $0-9
	CHOOSE(uppermost32<>(SB), uppermost32<>(SB), ·uppermostPlain(SB)) // which gains nothing by wider ones

// What the versions for either width of register have in common. These say below what A to F are, which hold 64 rows or 32, and
// how tables are read (TABLE), classes are (HALVES) and how they are looked up (TAKE). BX are columns or couples, DX their
// tables, CX how many; SI is to read from and DI to write to.

// COUPLE looks up rows of a couple in the tables for either thing, the upper and the lower half of its code and its degree, and
// keeps the best of the three, in A and C.
#define COUPLE(first, second, degrees, upperA, lowerA, degreeA, upperB, lowerB, degreeB, best) \
	HALVES(first, A, B); \
	HALVES(second, C, D); \
	HALVES(degrees, E, F); \
	TAKE(upperA, B, B); \
	TAKE(lowerA, A, A); \
	TAKE(degreeA, E, E); \
	TAKE(upperB, D, D); \
	TAKE(lowerB, C, C); \
	TAKE(degreeB, F, F); \
	best B, A, A; \
	best D, C, C; \
	best E, A, A; \
	best F, C, C

// NEXTCOUPLE goes on with the next couple and its tables.
#define NEXTCOUPLE \
	ADDQ $192, BX; \
	ADDQ $96, DX; \
	DECQ CX; \
	JNZ couple

// TABLES reads six tables, twice ways.
#define TABLES(a, b, c, d, e, f) \
	TABLE (DX), a; \
	TABLE 16(DX), b; \
	TABLE 32(DX), c; \
	TABLE 48(DX), d; \
	TABLE 64(DX), e; \
	TABLE 80(DX), f

// GREATEST gives the greatest of the 32 bytes of Y0, as what the least of them leaves up to 255 when all are turned round.
#define GREATEST \
	VEXTRACTI128 $1, Y0, X1; \
	VPMAXUB X1, X0, X0; \
	VPCMPEQB X2, X2, X2; \
	VPXOR X2, X0, X0; \
	VPSRLW $8, X0, X1; \
	VPMINUB X1, X0, X0; \
	VPHMINPOSUW X0, X0; \
	VMOVD X0, AX; \
	NOTL AX

// With AVX-512 a column fills a register: Z0 are the sums of 64 rows.

#define A Z2
#define B Z3
#define C Z4
#define D Z5
#define E Z6
#define F Z7
#define TABLE VBROADCASTI32X4

// HALVES reads the two classes in each byte, the lower and the upper. What stands above their 4 bits does not matter to TAKE.
#define HALVES(at, lower, upper) \
	VMOVDQU64 at(BX), lower; \
	VPSRLW $4, lower, upper

// TAKE looks up by the lower 6 bits of a byte; a table stands in its register 4 times.
#define TAKE(table, classes, to) \
	VPERMB table, classes, to

// COLUMNS adds what CX columns lose to Z0.
#define COLUMNS \
	TESTQ CX, CX; \
	JZ added; \
column: \
	TABLE (DX), Z8; \
	TABLE 16(DX), Z9; \
	HALVES(0, A, B); \
	TAKE(Z8, A, A); \
	TAKE(Z9, B, B); \
	VPADDUSB A, Z0, Z0; \
	VPADDUSB B, Z0, Z0; \
	ADDQ $64, BX; \
	ADDQ $32, DX; \
	DECQ CX; \
	JNZ column; \
added:

TEXT tally64<>(SB), NOSPLIT, $0-136
	COUPLESGIVEN
	VMOVDQU64 (SI), Z0
	TESTQ CX, CX
	JZ told
couple:
	TABLES(Z8, Z9, Z10, Z11, Z12, Z13)
	COUPLE(0, 64, 128, Z8, Z9, Z10, Z11, Z12, Z13, VPMAXUB)
	VPADDUSB A, Z0, Z0
	VPADDUSB C, Z0, Z0
	NEXTCOUPLE
told:
	MOVQ asked+8(FP), DI
	VMOVDQU64 Z0, (DI)
	COLUMNSGIVEN
	COLUMNS
	MOVQ out+0(FP), DI
	VMOVDQU64 Z0, (DI)
	VPBROADCASTB budget+120(FP), A
	VPCMPUB $2, A, Z0, K1
	KMOVQ K1, within+128(FP)
	VZEROUPPER
	RET

TEXT tallyLeft64<>(SB), NOSPLIT, $0-89
	LEFTGIVEN
	VMOVDQU64 (SI), Z0
	COLUMNS
	PLACESGIVEN
	VMOVDQU64 (BX), A
	VMOVDQU64 64(BX), B
	VPMOVB2M B, K2
	VMOVDQU64 (DX), Z8
	VMOVDQU64 64(DX), Z9
	VPERMI2B Z9, Z8, A
	VPERMI2B Z9, Z8, B
	VPMINUB B, A, A
	VPADDUSB A, Z0, Z0
	VPTERNLOGD $0xff, F, F, F
	VPCMPUB $4, F, Z0, K1
	MOVQ MOST, AX
	VPBROADCASTQ AX, E
	VMOVDQU64 (SI), B
	VPSUBB B, Z0, C // lost of what is wished
	VPBROADCASTB wish+80(FP), A
	VPBROADCASTB asked+81(FP), D
	VPSUBUSB C, A, A
	VPSUBUSB B, D, B
	VPMINUB E, A, A
	VPMINUB E, B, B
	VPADDB B, A, C
	VPSUBUSB B, A, D
	VPSUBUSB A, B, B
	VPORQ B, D, D
	MOVQ JOINING, AX
	VPBROADCASTQ AX, E
	VPXORQ B, B, B
	VPUNPCKLBW B, D, A
	VPUNPCKHBW B, D, D
	VPMULLW A, A, A
	VPMULLW D, D, D
	VPMULHUW E, A, A
	VPMULHUW E, D, D
	VPACKUSWB D, A, A
	VPSUBB A, C, K2, C
	VPSUBB.Z F, C, K1, A // 1 more, and nothing where lost
	VPMAXUB (DI), A, A
	VMOVDQU64 A, (DI)
	VEXTRACTI64X4 $1, A, Y0
	VPMAXUB Y2, Y0, Y0 // Y2 being the lower half of A
	GREATEST
	MOVB AX, greatest+88(FP)
	VZEROUPPER
	RET

TEXT tallyCovered64<>(SB), NOSPLIT, $0-64
	COVEREDGIVEN
	TABLE (DX), Z8
	TABLE 16(DX), Z9
	TABLE 32(DX), Z10
	VPXORQ Z0, Z0, Z0
	TESTQ CX, CX
	JZ taken
couple:
	COUPLE(0, 64, 128, Z8, Z9, Z10, Z8, Z9, Z10, VPMINUB)
	VPMAXUB A, Z0, Z0
	VPMAXUB C, Z0, Z0
	ADDQ $192, BX
	DECQ CX
	JNZ couple
taken:
	VMOVDQU64 (SI), A
	VPSUBUSB Z0, A, A
	VMOVDQU64 A, (DI)
	VPBROADCASTB least+48(FP), B
	VPCMPUB $5, B, Z0, K1
	KMOVQ K1, rows+56(FP)
	VZEROUPPER
	RET

TEXT reaching64<>(SB), NOSPLIT, $0-24
	MOVQ in+0(FP), SI
	VPBROADCASTB least+8(FP), Z0
	VPCMPUB $2, (SI), Z0, K1
	KMOVQ K1, rows+16(FP)
	VZEROUPPER
	RET

#undef A
#undef B
#undef C
#undef D
#undef E
#undef F
#undef TABLE
#undef HALVES
#undef TAKE
#undef COLUMNS

// With AVX2 a column fills two: Y0 and Y1 are the sums of 64 rows. Y15 is the lower half of every byte.

#define A Y2
#define B Y3
#define C Y4
#define D Y5
#define E Y6
#define F Y7
#define TABLE VBROADCASTI128

// HALVES reads the two classes in each byte of 32 rows.
#define HALVES(at, lower, upper) \
	VMOVDQU at(BX), lower; \
	VPSRLW $4, lower, upper; \
	VPAND Y15, lower, lower; \
	VPAND Y15, upper, upper

#define TAKE(table, classes, to) \
	VPSHUFB classes, table, to

// START reads what 64 rows have lost already.
#define START \
	VMOVDQU (SI), Y0; \
	VMOVDQU 32(SI), Y1; \
	MOVQ $0x0f0f0f0f0f0f0f0f, AX; \
	VMOVQ AX, X15; \
	VPBROADCASTQ X15, Y15

#define WRITE \
	VMOVDQU Y0, (DI); \
	VMOVDQU Y1, 32(DI)

// COLUMNS adds what CX columns lose to Y0 and Y1.
#define COLUMNS \
	TESTQ CX, CX; \
	JZ added; \
column: \
	TABLE (DX), Y8; \
	TABLE 16(DX), Y9; \
	HALVES(0, A, B); \
	HALVES(32, C, D); \
	TAKE(Y8, A, A); \
	TAKE(Y9, B, B); \
	TAKE(Y8, C, C); \
	TAKE(Y9, D, D); \
	VPADDUSB A, Y0, Y0; \
	VPADDUSB C, Y1, Y1; \
	VPADDUSB B, Y0, Y0; \
	VPADDUSB D, Y1, Y1; \
	ADDQ $64, BX; \
	ADDQ $32, DX; \
	DECQ CX; \
	JNZ column; \
added:

// ROWS writes a bit for each of 64 rows: whether its bytes are equal.
#define ROWS(low, other, high, another, to) \
	VPCMPEQB low, other, A; \
	VPCMPEQB high, another, B; \
	VPMOVMSKB A, AX; \
	VPMOVMSKB B, R8; \
	SHLQ $32, R8; \
	ORQ R8, AX; \
	MOVQ AX, to

TEXT tally32<>(SB), NOSPLIT, $0-136
	COUPLESGIVEN
	START
	TESTQ CX, CX
	JZ told
couple:
	TABLES(Y8, Y9, Y10, Y11, Y12, Y13)
	COUPLE(0, 64, 128, Y8, Y9, Y10, Y11, Y12, Y13, VPMAXUB)
	VPADDUSB A, Y0, Y0
	VPADDUSB C, Y0, Y0
	COUPLE(32, 96, 160, Y8, Y9, Y10, Y11, Y12, Y13, VPMAXUB)
	VPADDUSB A, Y1, Y1
	VPADDUSB C, Y1, Y1
	NEXTCOUPLE
told:
	MOVQ asked+8(FP), DI
	WRITE
	COLUMNSGIVEN
	COLUMNS
	MOVQ out+0(FP), DI
	WRITE
	VPBROADCASTB budget+120(FP), C
	VPMINUB C, Y0, A
	VPMINUB C, Y1, B
	ROWS(Y0, A, Y1, B, within+128(FP))
	VZEROUPPER
	RET

// PLACE gives what 32 rows lose in a class of places, of the 8 parts of the table at DX. A part is looked up by what is
// left of the classes when 16 for each part before are taken off: of others that is below nothing or above 15, and looks up none.
#define PLACE(at, to, part) \
	VPAND at(BX), Y12, B; \
	VPXOR to, to, to; \
	MOVQ DX, R9; \
	MOVQ $8, R8; \
part: \
	TABLE (R9), D; \
	VPADDUSB Y14, B, C; \
	VPSHUFB C, D, C; \
	VPOR C, to, to; \
	VPSUBB Y13, B, B; \
	ADDQ $16, R9; \
	DECQ R8; \
	JNZ part

// LEFT raises what 32 rows have left, and gives that, in out, of what they have lost: out. E is nothing and F all ones, Y8 and Y9
// are the most of what is wished and asked, Y10 is MOST and Y11 JOINING.
#define LEFT(at, out) \
	VPCMPEQB F, out, A; \
	VMOVDQU at(SI), B; \
	VPSUBB B, out, C; \
	VPSUBUSB C, Y8, C; \
	VPSUBUSB B, Y9, B; \
	VPMINUB Y10, C, C; \
	VPMINUB Y10, B, B; \
	VPADDB B, C, out; \
	VPSUBUSB B, C, D; \
	VPSUBUSB C, B, B; \
	VPOR B, D, D; \
	VPUNPCKLBW E, D, C; \
	VPUNPCKHBW E, D, D; \
	VPMULLW C, C, C; \
	VPMULLW D, D, D; \
	VPMULHUW Y11, C, C; \
	VPMULHUW Y11, D, D; \
	VPACKUSWB D, C, C; \
	VPCMPGTB 64+at(BX), E, D; \
	VPAND D, C, C; \
	VPSUBB C, out, out; \
	VPSUBB F, out, out; \
	VPANDN out, A, out; \
	VPMAXUB at(DI), out, out; \
	VMOVDQU out, at(DI)

#define EVERY(bytes, x, y) \
	MOVQ bytes, AX; \
	VMOVQ AX, x; \
	VPBROADCASTQ x, y

TEXT tallyLeft32<>(SB), NOSPLIT, $0-89
	LEFTGIVEN
	START
	COLUMNS
	PLACESGIVEN
	EVERY($0x7f7f7f7f7f7f7f7f, X12, Y12)
	EVERY($0x1010101010101010, X13, Y13)
	EVERY($0x7070707070707070, X14, Y14)
	PLACE(0, Y8, first)
	PLACE(64, Y9, second)
	VPMINUB Y9, Y8, Y8
	VPADDUSB Y8, Y0, Y0
	PLACE(32, Y8, third)
	PLACE(96, Y9, fourth)
	VPMINUB Y9, Y8, Y8
	VPADDUSB Y8, Y1, Y1
	VPBROADCASTB wish+80(FP), Y8
	VPBROADCASTB asked+81(FP), Y9
	EVERY(MOST, X10, Y10)
	EVERY(JOINING, X11, Y11)
	VPXOR E, E, E
	VPCMPEQB F, F, F
	LEFT(0, Y0)
	LEFT(32, Y1)
	VPMAXUB Y1, Y0, Y0
	GREATEST
	MOVB AX, greatest+88(FP)
	VZEROUPPER
	RET

TEXT tallyCovered32<>(SB), NOSPLIT, $0-64
	COVEREDGIVEN
	START
	TABLE (DX), Y8
	TABLE 16(DX), Y9
	TABLE 32(DX), Y10
	VPXOR Y11, Y11, Y11
	VPXOR Y12, Y12, Y12
	TESTQ CX, CX
	JZ taken
couple:
	COUPLE(0, 64, 128, Y8, Y9, Y10, Y8, Y9, Y10, VPMINUB)
	VPMAXUB A, Y11, Y11
	VPMAXUB C, Y11, Y11
	COUPLE(32, 96, 160, Y8, Y9, Y10, Y8, Y9, Y10, VPMINUB)
	VPMAXUB A, Y12, Y12
	VPMAXUB C, Y12, Y12
	ADDQ $192, BX
	DECQ CX
	JNZ couple
taken:
	VPSUBUSB Y11, Y0, Y0
	VPSUBUSB Y12, Y1, Y1
	WRITE
	VPBROADCASTB least+48(FP), C
	VPMAXUB C, Y11, A
	VPMAXUB C, Y12, B
	ROWS(Y11, A, Y12, B, rows+56(FP))
	VZEROUPPER
	RET

TEXT reaching32<>(SB), NOSPLIT, $0-24
	MOVQ in+0(FP), SI
	VPBROADCASTB least+8(FP), C
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPMAXUB C, Y0, A
	VPMAXUB C, Y1, B
	ROWS(Y0, A, Y1, B, rows+16(FP))
	VZEROUPPER
	RET

TEXT uppermost32<>(SB), NOSPLIT, $0-9
	MOVQ in+0(FP), SI
	VMOVDQU (SI), Y0
	VPMAXUB 32(SI), Y0, Y0
	GREATEST
	MOVB AX, most+8(FP)
	VZEROUPPER
	RET

// func fetchBriefs(briefs *brief, rows uint64)
TEXT ·fetchBriefs(SB), NOSPLIT, $0-16
	MOVQ briefs+0(FP), BX
	MOVQ rows+8(FP), CX
	JMP more
fetch:
	BSFQ CX, AX
	SHLQ $6, AX
	PREFETCHT0 (BX)(AX*1)
	LEAQ -1(CX), DX
	ANDQ DX, CX
more:
	TESTQ CX, CX
	JNZ fetch
	RET

// func fetchGists(gists *gist, rows uint64)
TEXT ·fetchGists(SB), NOSPLIT, $0-16
	JMP ·fetchBriefs(SB) // a gist is as long

// func cpuid(leaf, sub uint32) (a, b, c, d uint32)
TEXT ·cpuid(SB), NOSPLIT, $0-24
	MOVL leaf+0(FP), AX
	MOVL sub+4(FP), CX
	CPUID
	MOVL AX, a+8(FP)
	MOVL BX, b+12(FP)
	MOVL CX, c+16(FP)
	MOVL DX, d+20(FP)
	RET

// func xgetbv() (enabled uint32)
TEXT ·xgetbv(SB), NOSPLIT, $0-4
	XORL CX, CX
	XGETBV
	MOVL AX, enabled+0(FP)
	RET
