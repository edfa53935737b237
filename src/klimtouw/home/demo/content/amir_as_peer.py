"""What is said on Amir's way to peer coach, and to the fellow student he coaches."""

from klimtouw.peers.choices import Step

COACHEE = "Kato"
WORDS = {
    Step.CARDS: "Je koos kaarten die bij jou passen. Mooi hoe je de stilte durfde te laten.",
    Step.PRACTICE_TALK: "Je vroeg door zonder te sturen. Aan het einde lachten we allebei.",
    Step.OBSERVED_TALK: "Ik zag rust. Je keek eerst of de ander klaar was, en dan pas vroeg je verder.",
    Step.SUPERVISION: "Je dacht mee met de anderen, en vertelde eerlijk wat jij nog zoekt.",
}
MESSAGE = "Dag Kato, ik leerde dit jaar peercoachen. Zin om samen naar je stage te kijken? Nee is ook goed."
HOW_KNOWN = "van het vaardigheidslabo"
