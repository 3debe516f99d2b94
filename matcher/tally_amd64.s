#include "textflag.h"

// What the three tallies have in common: DI to write, BX columns, DX tables, CX how many; Y0 and Y1 the sums of 64 rows, Y15
// the lower half of every byte.
#define OPEN(columns, tables, n) \
	MOVQ columns, BX; \
	MOVQ tables, DX; \
	MOVQ n, CX; \
	MOVQ $0x0f0f0f0f0f0f0f0f, AX; \
	VMOVQ AX, X15; \
	VPBROADCASTQ X15, Y15; \
	VMOVDQU (SI), Y0; \
	VMOVDQU 32(SI), Y1

#define SHUT \
	VMOVDQU Y0, (DI); \
	VMOVDQU Y1, 32(DI)

// ROWS gives a bit for each of 64 bytes in two words that are all ones.
#define ROWS(low, high) \
	VPMOVMSKB low, AX; \
	VPMOVMSKB high, R8; \
	SHLQ $32, R8; \
	ORQ R8, AX

// HALVES reads the two classes in each byte of 32 rows.
#define HALVES(at, lower, upper) \
	VMOVDQU at(BX), lower; \
	VPSRLW $4, lower, upper; \
	VPAND Y15, lower, lower; \
	VPAND Y15, upper, upper

// COUPLE looks up 32 rows of a couple in tables for either thing, and keeps the best of the three ways, in Y2 and Y4.
#define COUPLE(first, second, degrees, upperA, lowerA, degreeA, upperB, lowerB, degreeB, best) \
	HALVES(first, Y2, Y3); \
	HALVES(second, Y4, Y5); \
	HALVES(degrees, Y6, Y7); \
	VPSHUFB Y3, upperA, Y3; \
	VPSHUFB Y2, lowerA, Y2; \
	VPSHUFB Y6, degreeA, Y6; \
	VPSHUFB Y5, upperB, Y5; \
	VPSHUFB Y4, lowerB, Y4; \
	VPSHUFB Y7, degreeB, Y7; \
	best Y3, Y2, Y2; \
	best Y5, Y4, Y4; \
	best Y6, Y2, Y2; \
	best Y7, Y4, Y4

// func tallyWide(out, start *column, columns *column, tables *[2]losses, n int, budget uint8) (within uint64)
TEXT ·tallyWide(SB), NOSPLIT, $0-56
	MOVQ out+0(FP), DI
	MOVQ start+8(FP), SI
	OPEN(columns+16(FP), tables+24(FP), n+32(FP))
next:
	VBROADCASTI128 (DX), Y8
	VBROADCASTI128 16(DX), Y9
	HALVES(0, Y2, Y3)
	HALVES(32, Y4, Y5)
	VPSHUFB Y2, Y8, Y2
	VPSHUFB Y3, Y9, Y3
	VPSHUFB Y4, Y8, Y4
	VPSHUFB Y5, Y9, Y5
	VPADDUSB Y2, Y0, Y0
	VPADDUSB Y4, Y1, Y1
	VPADDUSB Y3, Y0, Y0
	VPADDUSB Y5, Y1, Y1
	ADDQ $64, BX
	ADDQ $32, DX
	DECQ CX
	JNZ next
	SHUT
	VPBROADCASTB budget+40(FP), Y5
	VPMINUB Y5, Y0, Y2
	VPMINUB Y5, Y1, Y3
	VPCMPEQB Y0, Y2, Y2
	VPCMPEQB Y1, Y3, Y3
	ROWS(Y2, Y3)
	VZEROUPPER
	MOVQ AX, within+48(FP)
	RET

// func tallyGreatestWide(out, start *column, couples *couple, tables *[2]ways, n int)
TEXT ·tallyGreatestWide(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ start+8(FP), SI
	OPEN(couples+16(FP), tables+24(FP), n+32(FP))
next:
	VBROADCASTI128 (DX), Y8
	VBROADCASTI128 16(DX), Y9
	VBROADCASTI128 32(DX), Y10
	VBROADCASTI128 48(DX), Y11
	VBROADCASTI128 64(DX), Y12
	VBROADCASTI128 80(DX), Y13
	COUPLE(0, 64, 128, Y8, Y9, Y10, Y11, Y12, Y13, VPMAXUB)
	VPADDUSB Y2, Y0, Y0
	VPADDUSB Y4, Y0, Y0
	COUPLE(32, 96, 160, Y8, Y9, Y10, Y11, Y12, Y13, VPMAXUB)
	VPADDUSB Y2, Y1, Y1
	VPADDUSB Y4, Y1, Y1
	ADDQ $192, BX
	ADDQ $96, DX
	DECQ CX
	JNZ next
	SHUT
	VZEROUPPER
	RET

// func tallyCoveredWide(covered, out *column, couples *couple, gains *ways, n int)
TEXT ·tallyCoveredWide(SB), NOSPLIT, $0-40
	MOVQ out+8(FP), DI
	MOVQ DI, SI
	OPEN(couples+16(FP), gains+24(FP), n+32(FP))
	VBROADCASTI128 (DX), Y8
	VBROADCASTI128 16(DX), Y9
	VBROADCASTI128 32(DX), Y10
	VPXOR Y11, Y11, Y11
	VPXOR Y12, Y12, Y12
next:
	COUPLE(0, 64, 128, Y8, Y9, Y10, Y8, Y9, Y10, VPMINUB)
	VPMAXUB Y2, Y11, Y11
	VPMAXUB Y4, Y11, Y11
	COUPLE(32, 96, 160, Y8, Y9, Y10, Y8, Y9, Y10, VPMINUB)
	VPMAXUB Y2, Y12, Y12
	VPMAXUB Y4, Y12, Y12
	ADDQ $192, BX
	DECQ CX
	JNZ next
	VPSUBUSB Y11, Y0, Y0
	VPSUBUSB Y12, Y1, Y1
	SHUT
	MOVQ covered+0(FP), DI
	VMOVDQU Y11, (DI)
	VMOVDQU Y12, 32(DI)
	VZEROUPPER
	RET

// func reachingWide(in *column, least uint8) (rows uint64)
TEXT ·reachingWide(SB), NOSPLIT, $0-24
	MOVQ in+0(FP), SI
	VPBROADCASTB least+8(FP), Y2
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPMAXUB Y2, Y0, Y3
	VPMAXUB Y2, Y1, Y4
	VPCMPEQB Y0, Y3, Y3
	VPCMPEQB Y1, Y4, Y4
	ROWS(Y3, Y4)
	VZEROUPPER
	MOVQ AX, rows+16(FP)
	RET

// LEFT raises what 32 rows have left, Y4 being the most, Y5 one more and Y6 all ones.
#define LEFT(at) \
	VMOVDQU at(SI), Y0; \
	VPCMPEQB Y6, Y0, Y1; \
	VPMINUB Y4, Y0, Y0; \
	VPSUBB Y0, Y5, Y0; \
	VPANDN Y0, Y1, Y0; \
	VPMAXUB at(DI), Y0, Y0; \
	VMOVDQU Y0, at(DI)

// func leavingWide(left, out *column, most uint8)
TEXT ·leavingWide(SB), NOSPLIT, $0-17
	MOVQ left+0(FP), DI
	MOVQ out+8(FP), SI
	VPBROADCASTB most+16(FP), Y4
	VPCMPEQB Y6, Y6, Y6
	VPSUBB Y6, Y4, Y5
	LEFT(0)
	LEFT(32)
	VZEROUPPER
	RET

// func uppermostWide(in *column) (most uint8)
TEXT ·uppermostWide(SB), NOSPLIT, $0-9
	MOVQ in+0(FP), SI
	VMOVDQU (SI), Y0
	VPMAXUB 32(SI), Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPMAXUB X1, X0, X0
	VPCMPEQB X2, X2, X2
	VPXOR X2, X0, X0 // the least of what is left up to 255
	VPSRLW $8, X0, X1
	VPMINUB X1, X0, X0
	VPHMINPOSUW X0, X0
	VMOVD X0, AX
	NOTL AX
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
