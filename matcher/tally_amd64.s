#include "textflag.h"

// What the three tallies have in common: DI to write, BX columns, DX tables, CX how many; Y0 and Y1 the sums of 64 rows.
#define OPEN(columns, tables, n) \
	MOVQ columns, BX; \
	MOVQ tables, DX; \
	MOVQ n, CX; \
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

// WAYS looks up the three ways in which a thing is told, keeps the best by one instruction and takes it into account by
// another.
#define WAYS(best, take) \
	VBROADCASTI128 (DX), Y2; \
	VBROADCASTI128 16(DX), Y3; \
	VPSHUFB (BX), Y2, Y4; \
	VPSHUFB 32(BX), Y2, Y5; \
	VPSHUFB 64(BX), Y3, Y6; \
	VPSHUFB 96(BX), Y3, Y7; \
	best Y6, Y4, Y4; \
	best Y7, Y5, Y5; \
	VBROADCASTI128 32(DX), Y2; \
	VPSHUFB 128(BX), Y2, Y6; \
	VPSHUFB 160(BX), Y2, Y7; \
	best Y6, Y4, Y4; \
	best Y7, Y5, Y5; \
	take Y4, Y0, Y0; \
	take Y5, Y1, Y1; \
	ADDQ $192, BX; \
	ADDQ $48, DX

// func tallyWide(out, start *column, columns *column, tables *losses, n int, budget uint8) (within uint64)
TEXT ·tallyWide(SB), NOSPLIT, $0-56
	MOVQ out+0(FP), DI
	MOVQ start+8(FP), SI
	OPEN(columns+16(FP), tables+24(FP), n+32(FP))
next:
	VBROADCASTI128 (DX), Y2
	VPSHUFB (BX), Y2, Y3
	VPSHUFB 32(BX), Y2, Y4
	VPADDUSB Y3, Y0, Y0
	VPADDUSB Y4, Y1, Y1
	ADDQ $64, BX
	ADDQ $16, DX
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

// func tallyGreatestWide(out, start *column, columns *[skillHashes]column, tables *[skillHashes]losses, n int)
TEXT ·tallyGreatestWide(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ start+8(FP), SI
	OPEN(columns+16(FP), tables+24(FP), n+32(FP))
next:
	WAYS(VPMAXUB, VPADDUSB)
	DECQ CX
	JNZ next
	SHUT
	VZEROUPPER
	RET

// func tallyGainsWide(out, start *column, columns *[skillHashes]column, tables *[skillHashes]losses, n int)
TEXT ·tallyGainsWide(SB), NOSPLIT, $0-40
	MOVQ out+0(FP), DI
	MOVQ start+8(FP), SI
	OPEN(columns+16(FP), tables+24(FP), n+32(FP))
next:
	WAYS(VPMINUB, VPSUBUSB)
	DECQ CX
	JNZ next
	SHUT
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
