package call

// Words are what a number from 0 to 255 is spoken as: easy English words that
// sound different, each known by its first four letters. Their order is part of
// the protocol.
var Words = [256]string{
	"acorn", "actor", "album", "amber", "anchor", "angel", "apple", "april",
	"arrow", "artist", "atlas", "autumn", "baby", "baker", "balloon", "bamboo",
	"banana", "barn", "basket", "beach", "bicycle", "biscuit", "blanket", "blossom",
	"boat", "bottle", "branch", "bread", "bridge", "brush", "bubble", "bucket",
	"butter", "cabin", "cable", "cactus", "camel", "candle", "captain", "carpet",
	"castle", "cherry", "chess", "chicken", "circle", "city", "clever", "clock",
	"cloud", "clover", "coffee", "color", "comet", "cotton", "cousin", "cricket",
	"crown", "crystal", "daisy", "dance", "delta", "desert", "diamond", "dinner",
	"doctor", "dolphin", "donkey", "dragon", "dream", "drum", "duck", "eagle",
	"earth", "elephant", "emerald", "engine", "evening", "falcon", "family", "farmer",
	"feather", "finger", "fish", "flower", "flute", "forest", "fountain", "friend",
	"frog", "galaxy", "garden", "garlic", "giant", "ginger", "giraffe", "globe",
	"glove", "gold", "goose", "grape", "green", "guitar", "hammer", "happy",
	"harbor", "helmet", "hero", "holiday", "honey", "horse", "hotel", "hunter",
	"iceberg", "igloo", "insect", "iron", "island", "ivory", "jacket", "jaguar",
	"jazz", "jewel", "juice", "jungle", "kangaroo", "kettle", "king", "kitchen",
	"kitten", "koala", "ladder", "lake", "lamp", "lantern", "laptop", "lemon",
	"letter", "library", "light", "lion", "lizard", "lobster", "magic", "magnet",
	"mango", "market", "meadow", "melon", "milk", "mirror", "monkey", "moon",
	"morning", "mountain", "mouse", "museum", "music", "needle", "nest", "north",
	"november", "number", "oasis", "ocean", "october", "olive", "opera", "orange",
	"orbit", "orchid", "oyster", "palace", "panda", "paper", "parrot", "peach",
	"peanut", "pencil", "penguin", "pepper", "piano", "picnic", "pillow", "pilot",
	"planet", "poem", "pony", "potato", "pumpkin", "puppy", "purple", "puzzle",
	"pyramid", "queen", "rabbit", "radio", "rainbow", "raven", "reindeer", "ribbon",
	"river", "robin", "rocket", "ruby", "sailor", "salad", "salmon", "saturn",
	"school", "scooter", "shoulder", "silver", "snow", "spider", "student", "sugar",
	"summer", "sunday", "sweater", "table", "tango", "teacher", "temple", "tennis",
	"thunder", "tiger", "toast", "tomato", "torch", "tractor", "train", "trumpet",
	"tulip", "turtle", "umbrella", "unicorn", "valley", "vanilla", "velvet", "village",
	"violin", "volcano", "waffle", "wagon", "walnut", "water", "wheel", "whistle",
	"window", "winter", "wizard", "wolf", "yellow", "yogurt", "zebra", "zipper",
}
