/* fresh.c: sentences that no model can have read: they were written in 2026 for this
 * comparison, in the manner of talk on a stage. Whoever publishes them elsewhere makes them
 * worthless. */
#include "emotionnet/trials/contamination.h"

const char *const fresh_sentences[FRESH_SENTENCES] = {
	"The lift stopped between two floors and nobody said a word for nine minutes.",
	"She found his scarf behind the radiator and put it into her bag.",
	"Not that one, the blue crate, the one with the torn handle!",
	"We had counted on fourteen chairs and there were eleven.",
	"I told the plumber about the humming, and he laughed at me.",
	"Why would anyone paint a cellar orange?",
	"My aunt has kept every ticket since the year the bridge was closed.",
	"It smelled of wet rope and somebody's burnt toast.",
	"Give it back before he notices, I mean it.",
	"They postponed the picnic because of a rumour about wasps.",
	"I can't believe you walked all the way with that suitcase.",
	"The dentist's parrot knows my name now.",
	"He apologised to the door he had just walked into.",
	"Nobody warned me that the soup was for the auction.",
	"You promised you would not mention the kayak again.",
	"Three weeks of rain and the tent still leaks on my side only.",
	"Her letter came back with a stamp I had never seen.",
	"Oh, wonderful, the projector is upside down.",
	"I keep dreaming of the corridor with the green lamps.",
	"That is the last time I lend my ladder to a choir.",
	"The baker waved, then saw who I was with.",
	"It took us an hour to admit that we were lost in our own street.",
	"He hummed the whole song wrong, and proudly.",
	"I was so scared of that stairwell that I held my breath until the second landing.",
	"Somebody has eaten the middle out of the cheese.",
	"We stood on the roof and the whole town smelled of hay.",
	"Leave the gate, the goat can open it anyway.",
	"She won the raffle and gave the ham to her rival.",
	"I miss the noise that the old fridge made.",
	"Don't touch my compass, I have just forgiven it.",
};
