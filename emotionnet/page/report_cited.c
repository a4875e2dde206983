/* report_cited.c: each figure as its source has it, in per cent. Splits and what is read beside an
 * utterance (the ones before it, the speaker) are those of the papers. */
#include "emotionnet/page/report_cited.h"

#include <stddef.h>

#define MELD       "meld", "MELD", "weighted F1"
#define EMORYNLP   "emorynlp", "EmoryNLP", "weighted F1"
#define IEMOCAP    "iemocap", "IEMOCAP, 6 classes", "weighted F1"
#define DAIR       "dair-emotion", "dair-ai emotion", "accuracy, 8 / 64 labels a class"
#define ISEAR      "isear", "ISEAR", "macro F1"
#define BOLTUIX    "", "boltuix/emotions, 13 classes", "accuracy / macro F1, zero-shot"
#define DIALOGUE   "Zhang et al., arXiv 2310.11374, tables 3 and 4"
#define ACCUMWR    "AccumWR, README of its code"
#define BOTH       "Zhang et al., arXiv 2310.11374; AccumWR, README of its code"
#define SPEECH_CUE "SpeechCueLLM, arXiv 2407.21315"
#define SETFIT     "SetFit, its table over 10 splits"
#define QWEN       "zenodo 15126322"
#define ZERO       "arXiv 2607.00968"

const Cited cited[] = {
	{ MELD, "SACL-LSTM, 2.6 M on RoBERTa's features", CITED_NETWORK, "66.45",
	        DIALOGUE },
	{ MELD, "bc-LSTM, 1.2 M", CITED_NETWORK, "64.87", DIALOGUE },
	{ MELD, "AccumWR", CITED_NETWORK, "64.58", ACCUMWR },
	{ MELD, "BiosERC on BERT", CITED_NETWORK, "65.51", ACCUMWR },
	{ MELD, "LLaMA-7B, not tuned", CITED_LANGUAGE, "16.0", DIALOGUE },
	{ MELD, "Alpaca, not tuned", CITED_LANGUAGE, "18.4", DIALOGUE },
	{ MELD, "LLaMA2-7B, not tuned", CITED_LANGUAGE, "24.1", DIALOGUE },
	{ MELD, "DialogueLLM, 7B, LoRA", CITED_LANGUAGE, "71.90", DIALOGUE },
	{ MELD, "DialogueLLM without LoRA", CITED_LANGUAGE, "64.42", DIALOGUE },
	{ MELD, "DialogueLLM without context", CITED_LANGUAGE, "67.94", DIALOGUE },
	{ MELD, "InstructERC", CITED_LANGUAGE, "69.15", ACCUMWR },
	{ MELD, "BiosERC, Llama-2-7B", CITED_LANGUAGE, "68.72", ACCUMWR },
	{ MELD, "BiosERC, Llama-2-13B", CITED_LANGUAGE, "69.83", ACCUMWR },
	{ EMORYNLP, "SACL-LSTM", CITED_NETWORK, "39.65", BOTH },
	{ EMORYNLP, "AccumWR", CITED_NETWORK, "39.33", BOTH },
	{ EMORYNLP, "a language model, not tuned", CITED_LANGUAGE, "17.3", BOTH },
	{ EMORYNLP, "DialogueLLM, 7B, LoRA", CITED_LANGUAGE, "40.05", BOTH },
	{ EMORYNLP, "InstructERC", CITED_LANGUAGE, "41.39", BOTH },
	{ EMORYNLP, "BiosERC, Llama-2-13B", CITED_LANGUAGE, "41.68", BOTH },
	{ IEMOCAP, "SACL-LSTM", CITED_NETWORK, "69.22", BOTH },
	{ IEMOCAP, "GraphCFC, 0.6 M", CITED_NETWORK, "68.91", BOTH },
	{ IEMOCAP, "LLaMA-7B, not tuned", CITED_LANGUAGE, "18.2", BOTH },
	{ IEMOCAP, "Alpaca, not tuned", CITED_LANGUAGE, "19.2", BOTH },
	{ IEMOCAP, "LLaMA2-7B, not tuned", CITED_LANGUAGE, "24.4", BOTH },
	{ IEMOCAP, "DialogueLLM, 7B, LoRA", CITED_LANGUAGE, "69.93", BOTH },
	{ IEMOCAP, "InstructERC", CITED_LANGUAGE, "71.39", BOTH },
	{ IEMOCAP, "LoRA, text alone", CITED_LANGUAGE, "70.111", SPEECH_CUE },
	{ IEMOCAP, "LoRA, prosody told in words", CITED_LANGUAGE, "72.596", SPEECH_CUE },
	{ DAIR, "RoBERTa-large, tuned", CITED_NETWORK, "28.7 / 65.0", SETFIT },
	{ DAIR, "SetFit, MPNet, 110 M", CITED_NETWORK, "48.8 / 76.2", SETFIT },
	{ DAIR, "T-Few, 3B", CITED_LANGUAGE, "57.4 / 70.9", SETFIT },
	{ ISEAR, "CNN", CITED_NETWORK, "53.7", QWEN },
	{ ISEAR, "LSTM", CITED_NETWORK, "57.4", QWEN },
	{ ISEAR, "Qwen 2.5, 14B, five prompts together", CITED_LANGUAGE, "78.4", QWEN },
	{ BOLTUIX, "Gemini 2.5 flash", CITED_LANGUAGE, "39.9 / 36.3", ZERO },
	{ BOLTUIX, "GPT-5.4", CITED_LANGUAGE, "38.8 / 29.1", ZERO },
	{ BOLTUIX, "Claude Sonnet 4.6", CITED_LANGUAGE, "38.0 / 15.9", ZERO },
	{ .corpus = NULL },
};
