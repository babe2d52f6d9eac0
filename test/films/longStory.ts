const story = `
Every autumn the lighthouse keeper of Gull Point climbs one hundred and forty-four steps to oil the great brass lamp, and every autumn
his granddaughter Mei counts them aloud behind him. This year he does not come down again for three days, because the light has begun
to answer. At night a second beam rises from the sea, far beyond the last buoy, and blinks back whatever the lighthouse says. Mei is
eleven, wears a yellow raincoat two sizes too large, and believes in letters more than in people, so she writes a question on the glass
with a wet finger and lets the lamp shine through it. The sea replies with a picture of a bicycle. Nobody in the village owns a bicycle;
the streets are stairs. Only old Tomas, the postman with the crooked cap and the silver beard, remembers that his brother once rode one
straight off the pier on a bet, forty years ago, laughing all the way down. Tomas has not looked at the water since. Mei talks him into
borrowing the ferry, a rusty red tub called Patience, whose captain is a retired opera singer and steers by singing at the fog until it
sings back. They take bread, two lanterns, a kite and the village cat, who was not invited. On the first day they pass the fish market
on its floating barges, where merchants trade in weather: a jar of calm costs four mackerel, a sunrise costs whatever you regret most.
Mei buys a small jar of wind. On the second day the fog comes down like a curtain, the engine coughs and stops, and for a whole night
they drift among whales who are asleep and dreaming loudly. One of the dreams is of Mei's mother. On the third day the kite pulls them
clear of the rocks, the wind from the jar fills it, and they see the other light: not a lighthouse at all but a tower of sunken things,
bicycles and bells and chandeliers, heaped up by the tide and tended by a young man who has not grown a day older. He is polishing the
lamp of a bicycle. He asks who won the bet. Tomas, who has prepared a speech for forty years, forgets every word of it and simply sits
down beside him. They talk until the lanterns burn out. The young man cannot leave, because somebody has to answer the lights of all the
coasts, but he may send things home with the tide, one each year. Mei understands then where the brass bell in the school came from, and
the piano, and the red shoes nobody ever claimed. Before they go she gives him the jar, in which a little wind is left, and he gives her
the bicycle. The way back takes one night. The captain sings, the fog opens, the cat steers. When the village wakes, there is a yellow
raincoat flying down the one long street that is not a stair, from the chapel to the pier, bell ringing, and at the very end the bicycle
does not stop. It rolls out over the water on a path of light, once around the harbour, and comes home. High above, the grandfather
lowers the lamp, writes a single word on the glass for whoever may be reading out there, and counts the steps on his way down, this time aloud, all one hundred and forty-four.
`;

export const longLength = 3_000;

/** One story as a person might paste it in, cut to exactly 3,000 characters. */
export const longStory: string = story.trim().replaceAll(/\s+/g, ' ').slice(0, longLength);
