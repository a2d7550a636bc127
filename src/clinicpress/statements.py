"""Lines that say something, though no full stop ends them: a rule, a request, a dose, a call.

As a heading each would be a page of its own, and no one would judge whether it is a warning.
"""

from __future__ import annotations

import re

REQUEST = re.compile(
    r"^(?:Please |Always |Por favor,? |Siempre |Toujours |Veuillez )?(?:"
    "Apply|Arrange|Ask|Attend|Avoid|Bathe|Bring|Call|Change|Chew|Come|Complete|Contact|Continue|Cover"
    "|Drink|Eat|Elevate|Empty|Fast|Finish|Follow|Give|Inform|Inject|Keep|Leave|Let|Lie|Make"
    "|Phone|Place|Press|Put|Remove|Report|Rest|Return|Ring|Rinse|Seek|Shower|Sit|Speak|Stay|Stop"
    "|Store|Swallow|Take|Tell|Throw|Try|Use|Wait|Walk|Wash|Wear"
    "|Acuda|Aplique|Avise|Beba|Coma|Consulte|Descanse|Diga|Evite|Guarde|Inyecte|Lave|Lleve|Llame"
    "|Mantenga|Póngase|Siga|Suspenda|Tome|Traiga|Trague|Use|Utilice|Vaya"
    "|Allez|Appelez|Appliquez|Apportez|Arrêtez|Avalez|Buvez|Changez|Conservez|Consultez|Demandez"
    "|Dites|Évitez|Gardez|Injectez|Lavez|Mangez|Marchez|Mettez|Portez|Prenez|Prévenez|Rincez"
    r"|Utilisez|Venez) (?!us$|me$)(?=\S)"
)
MARKS = "*_~=# "
NOT_FOR = re.compile(
    r"^(?:Not (?:suitable |safe )?for|Unsuitable for|No apto para|Ne convient pas) "
)
# A request that names a figure: "Stop warfarin 5 days before".
FIGURE = re.compile(r"\s\d")
STATEMENTS = {
    "a rule in English": re.compile(
        r"^(?:Please )?(?:(?:[Dd]o (?:not|NOT)|DO NOT|[Dd]on['’]t|DON['’]T)(?: \S+){2,}"
        r"|(?:[Nn]ever|NEVER)(?: \S+){2,})"
        r"|^(?:You|Patients|Children|Women|Men|Adults) "
        r"(?:must|should|cannot|can['’]t|may|need to|will)\b"
        r"|^(?:It|This medicine|These tablets|This) (?:must|should|cannot|can['’]t|may)\b"
        r"|^NO(?: [A-Z]{3,}){1,3}$"
    ),
    "a rule in Spanish": re.compile(
        r"^(?:Por favor,? )?(?:No|NO) (?:se |lo |la |le )?[^\W\d_]+(?i:[ae][sn]?)\b.*\b"
        r"(?i:el|las?|los|una?|del?|en|con|si|sus?|sin|más|por|para|al|ni|durante|hasta|desde)\b"
        r"|^No (?:tome|tomes|use|beba|coma|conduzca|fume|deje|mezcle|aplique|suspenda|utilice) \S"
        r"|^Nunca(?: \S+){2,}"
        r"|^(?:Usted )?(?:[Nn]o )?(?:[Dd]ebes?|[Tt]iene que|[Pp]uede) [^\W\d_]+r\b"
    ),
    "a rule in French": re.compile(
        r"^(?:Veuillez )?(?:[Nn]e |[Nn]['’])\S+ (?:pas|jamais|plus|rien)(?: \S+)+"
        r"|^(?:Veuillez )?[Nn]e (?:pas|jamais)(?: \S+){2,}"
        r"|^(?:Vous|Il|On) (?:ne |n['’])?(?:devez|pouvez|devrez|pourrez|faut)\b"
    ),
    "a call": re.compile(
        r"^(?:In an emergency,? )?(?i:call|ring|phone|dial|llame|llama|appelez|composez)"
        r"(?: \S+){0,3} \d{2,4}\b"
    ),
}  # fmt: skip


def is_statement(line: str) -> bool:
    """Say whether a line says all it has to: a rule, a call, a request with a figure."""
    line = line.strip(MARKS)
    asked = REQUEST.match(line)
    return any(found.search(line) for found in STATEMENTS.values()) or bool(
        asked and FIGURE.search(line, asked.end())
    )


def is_request(line: str) -> bool:
    """Say whether a line asks for something, as a heading may too where text is below it."""
    line = line.strip(MARKS)
    return bool(REQUEST.match(line) or NOT_FOR.match(line)) or is_statement(line)
