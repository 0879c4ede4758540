"""What happened at each of the forty: the phases of `thread.Thread`, and by hand how things stand today.

A story: firm, how many working days ago its last beat was, the phases. "now" tells the last beat and the
steps open today: (owner, kind, what, working days from today or None, "HH:MM" or "", who of the firm
if not who the beat was with).
"""

_FULL = [("diagnose",), ("evaluate",), ("propose",), ("negotiate",)]

STORIES = [
    ("Halvane Freight", 1, [
        ("reach", 3), ("open_deal", "pilot", 12_000), ("talk",), ("goal",), ("win",), ("customer", 3),
        ("open_deal", "rollout", 145_000, 9, 2), ("talk",), ("goal",), *_FULL,
        ("now", "call", "in", "connected", "{them} rang, {min} min. board says yes to two years, wants the start in writing. call him {due} {time}",
         ("me", "call", "Call Marcus, start date in writing", 0, "10:00"), ("them", "email", "Return the signed order form", 3, ""), {"who": (1,)}),
    ]),
    ("Ashcombe Scaffolding", 2, [
        ("reach", 5), ("open_deal", "gang planning", 18_000, 48), ("talk",), ("goal",),
        ("now", "call", "out", "connected", "{them} {min} min, job list makes sense now. sit down with Helen {due}", ("me", "meeting", "Sit down with Callum and Helen", 3, "11:00")),
    ]),
    ("Ashcombe Lifts", 1, [
        ("reach", 2), ("open_deal", "service desk", 34_000, 41, 1), ("talk",), ("goal", 2), ("diagnose",), ("slip",),
        ("now", "call", "out", "connected", "{them} {min} min. demo {due} {time} on last week's breakdowns, Joel joins", ("me", "meeting", "Demo for Priya and Joel", 0, "11:30")),
    ]),
    ("Brindlewick Haulage", 6, [
        ("reach", 4), ("open_deal", "planning", 40_000), ("talk",), ("goal",), ("diagnose",), ("lose", "incumbent"), ("warm", 1),
        ("open_deal", "second try", 36_000, 70), ("talk",),
        ("now", "call", "out", "connected", "{them} {min} min. Stan is out for six weeks, so now they listen. Ffion sends two bad days by {their}", ("them", "email", "Send two bad days", -1, ""), ("me", "call", "Call Ffion about a first date", 2, ""), {"who": (1,)}),
    ]),
    ("Tarnmoor Utilities", 1, [
        ("reach", 6), ("open_deal", "routing study", 25_000), ("talk",), ("goal", 1), ("diagnose",), ("walk", "free"), ("warm", 1), ("rest", 15),
        ("open_deal", "field planning", 210_000, 24, 2), ("talk",), ("goal", 1), ("diagnose",), ("evaluate", True), ("propose",),
        ("now", "email", "in", "", "Tom will join at {time}. Bring the numbers for 15 percent less driving, he will ask for nothing else.", ("me", "meeting", "Terms with Lena and Tom", 0, "14:30"), {"subject": "Re: Proposal"}),
    ]),
    ("Quillfeather Couriers", 3, [
        ("reach", 2), ("open_deal", "rollout", 52_000), ("talk",), ("goal",), *_FULL, ("win",), ("customer", 4),
        ("more", "night riders", 19_000, 17, 1),
        ("now", "email", "in", "", "Sunniva signs on {their}, she wants to read it on the train.", ("them", "email", "Sign the night riders offer", 2, ""), ("me", "call", "Ask Mateo whether it is signed", 3, ""), {"subject": "Night riders"}),
    ]),
    ("Osmaren Ship Stores", 4, [
        ("reach", 3), ("open_deal", "harbour runs", 21_000, None, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",), ("win",), ("customer", 9),
        ("now", "call", "out", "connected", "{them} {min} min. no ship missed since june. second harbour next year, remind him {due}", ("me", "call", "Remind Ewan of the second harbour", 12, "")),
    ]),
    ("Pellworth Roofing", 4, [
        ("reach", 1), ("open_deal", "crews", 16_000), ("talk",), ("walk", "fit"), ("warm", 1),
        ("open_deal", "rain plan", 27_500, 20), ("talk",), ("goal",), ("diagnose",), ("evaluate",),
        ("now", "call", "out", "left_voicemail", "lvm for {them}, trial ended friday. try her {due}", ("me", "call", "Call Nia, the trial is over", 0, ""), {"who": (1,)}),
    ]),
    ("Sablecross Security", 2, [
        ("reach", 5), ("open_deal", "weekend pilot", 15_000), ("talk",), ("goal",), ("diagnose",), ("win",), ("customer", 3),
        ("open_deal", "all guards", 118_000, 33, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",),
        ("now", "call", "out", "connected", "{them} {min} min, overtime down 11k in the pilot month. Walter wants it on one page. call {due}", ("me", "call", "Call Andre about Walter's page", 0, ""), ("me", "email", "One page for Walter", 0, "", 2)),
    ]),
    ("Vantry & Rowe Facilities", 5, [
        ("reach", 2), ("open_deal", "one region", 30_000, None, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",), ("lose", "price"), ("warm", 2),
        ("open_deal", "one plan", 96_000, 6, 3), ("talk",), ("goal",), *_FULL,
        ("now", "call", "in", "connected", "{them} rang, {min} min. Tess needs the contract with the new start date by {due}", ("me", "email", "Send Tess the contract with the new start", -2, "", 2), ("them", "email", "Purchase order from Tess", 4, "", 2), {"who": (1,)}),
    ]),
    ("Kettlebrae Drainage", 1, [
        ("reach", 7), ("open_deal", "call desk", 12_000), ("talk",), ("goal", 2), ("lose", "silence"), ("rest", 30),
        ("open_deal", "emergencies", 29_000, 52), ("talk",), ("goal", 1), ("diagnose",), ("evaluate",),
        ("now", "call", "out", "connected", "{them} {min} min. two planners still use the phone. film for them {due}, then we talk terms", ("me", "todo", "Record the short film for the planners", 0, ""), ("me", "meeting", "Terms with Morag and Davie", 5, "15:00")),
    ]),
    ("Lumenfold Electric", 62, [("reach", 3), ("open_deal", "permits", 31_000, None, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",), ("lose", "price")]),
    ("Marrowdale Dairies", 7, [
        ("reach", 2), ("open_deal", "winter plan", 64_000, None, 1), ("talk",), ("goal",), *_FULL, ("win",), ("customer", 5),
        ("more", "second plant", 48_000), ("lose", "freeze"), ("customer", 2),
        ("now", "call", "out", "connected", "{them} {min} min. all good, budget talk in the new quarter, ring her {due}", ("me", "call", "Ring Ingrid about the second plant", 15, "")),
    ]),
    ("Nettlefield Landscapes", 1, [
        ("reach", 3), ("open_deal", "season", 24_000, 60), ("talk",), ("goal",), ("diagnose",),
        ("now", "email", "in", "", "Brian asks what it costs if we start with ten crews. Can you send something {due}? No novel, please.", ("me", "email", "Ten-crew price for Yuki and Brian", 0, ""), {"subject": "Ten crews"}),
    ]),
    ("Orrinsby Medical Transport", 6, [
        ("reach", 4), ("open_deal", "ride home", 20_000), ("talk",), ("goal", 1), ("quiet", 5), ("lose", "silence"), ("rest", 20),
        ("open_deal", "dispatch", 132_000, 68, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate", True),
        ("now", "call", "out", "connected", "{them} {min} min. second desk joins the trial, Amit names the people by {their}", ("them", "email", "Name the second desk's users", -4, ""), ("me", "call", "Ask Solange how the second desk does", 3, "")),
    ]),
    ("Pinehollow Pest Control", 4, [
        ("reach", 4), ("open_deal", "one branch", 11_000), ("talk",), ("goal",), ("diagnose",), ("lose", "champion"), ("warm", 1), ("rest", 12),
        ("open_deal", "live routes", 38_000, 12, 2), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",), ("quiet", 6),
    ]),
    ("Redgannet Marine", 24, [
        ("reach", 2), ("open_deal", "survey teams", 22_000, 150, 1), ("talk",), ("goal",), ("slip",),
        ("now", "call", "out", "connected", "{them} {min} min. boats are out until the season ends, leave him in peace. call {due}", ("me", "call", "Call Colm, season is over", 62, "")), ("park", 85),
    ]),
    ("Saltmarrow Roads", 2, [
        ("reach", 2), ("open_deal", "last tender", 70_000, None, 1), ("talk",), ("goal",), ("diagnose",), ("slip",), ("lose", "inhouse"), ("warm", 2), ("rest", 10),
        ("open_deal", "framework", 88_000, 38), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",),
        ("now", "email", "in", "", "The panel meets on {their}. I may not say more before that, but your paper was read.", ("them", "meeting", "Panel decides", 6, ""), ("me", "call", "Call Gemma after the panel", 7, "09:30"), {"subject": "Framework"}),
    ]),
    ("Thistlegate Windows", 3, [
        ("reach", 3), ("open_deal", "first visit right", 19_500, 44), ("talk",), ("goal", 1), ("diagnose",),
        ("now", "call", "out", "connected", "{them} {min} min. Marcus has to see the sum first, she asks him by {their}. me: call {due}", ("them", "email", "Marcus looks at the sum", 1, "", 1), ("me", "call", "Call Aoife about Marcus", 2, "10:30")),
    ]),
    ("Umberline Painting", 8, [
        ("reach", 4), ("open_deal", "crews", 9_500, 55), ("talk",),
        ("now", "call", "out", "connected", "{them} {min} min, on a ladder. interested, no date yet"),
    ]),
    ("Veltrano Cold Chain", 4, [
        ("reach", 3), ("open_deal", "ten reefers", 9_000), ("talk",), ("goal",), ("diagnose",), ("win",), ("customer", 2),
        ("open_deal", "reefers", 76_000, 14, 1), ("talk",), ("goal",), *_FULL,
        ("now", "call", "out", "connected", "{them} {min} min. Omar has the pen, their lawyer answers by {their}", ("them", "email", "Lawyer's answer on termination", -1, ""), ("me", "call", "Call Nico if the lawyer is silent", 1, "")),
    ]),
    ("Wrenhaven Homecare", 3, [
        ("reach", 1), ("open_deal", "north", 33_000), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("win",), ("customer", 2), ("more", "south", 41_000), ("win",), ("customer", 2), ("more", "night rota", 26_000, 27),
        ("now", "call", "out", "connected", "{them} {min} min. Sue is for it, Femi fears the nights. sit with Femi {due}", ("me", "meeting", "An hour with Femi on the night rota", 2, "13:00", 1)),
    ]),
    ("Yarrowby Telecom", 5, [
        ("reach", 4), ("open_deal", "north side", 45_000), ("talk",), ("goal",), ("diagnose",), ("lose", "incumbent"), ("warm", 2), ("rest", 10),
        ("open_deal", "one hour windows", 84_000, 47, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate",),
        ("now", "email", "in", "", "Let us look at the second week together, {due} at {time}. Dev brings the tickets.", ("me", "meeting", "Second trial week with Paula and Dev", -1, "15:00"), {"subject": "Week two"}),
    ]),
    ("Zephandra Wind Services", 7, [
        ("reach", 3), ("open_deal", "one park", 22_000), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("lose", "price"), ("warm", 2), ("rest", 25),
        ("open_deal", "cranes", 105_000, 92), ("talk",),
        ("now", "meeting", "", "held", "met {them} {min} min. goal: {goal}. he sends the crane bills by {their}", ("them", "email", "Send the crane bills", -3, ""), ("me", "call", "Call Uwe about the bills", 1, "09:00"), {"change": {"stage": 1, "amount": True}}),
    ]),
    ("Corvane Elevators", 48, [("reach", 6), ("open_deal", "routes", 90_000), ("talk",), ("goal", 2), ("diagnose",), ("walk", "access"), ("warm", 1)]),
    ("Dunmarrow Waste", 9, [
        ("reach", 5), ("open_deal", "rounds", 44_000, 80), ("talk",),
        ("now", "call", "out", "connected", "{them} {min} min. complaints are in the paper again. he talks to Carys, call {due}", ("me", "call", "Call Rhys, did he talk to Carys", -3, "")),
    ]),
    ("Eskerton Plant Hire", 2, [
        ("reach", 2), ("open_deal", "idle machines", 28_000, None, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",), ("win",), ("customer", 8),
        ("now", "email", "in", "", "Could you tell us on {due} what it would take for the Glasgow yard?", ("me", "email", "Price for the second yard", 1, ""), {"subject": "Second yard"}),
    ]),
    ("Fennimoor Heating", 1, [
        ("reach", 3), ("open_deal", "winter desk", 26_000), ("talk",), ("goal",), ("diagnose",), ("lose", "freeze"), ("warm", 2),
        ("open_deal", "next winter", 31_000, 75), ("talk",), ("goal",),
        ("now", "call", "in", "connected", "{them} rang, {min} min. 61 calls unanswered on one cold day. talk to Will {due} {time}", ("me", "call", "Call Greta and Will", 0, "16:00")),
    ]),
    ("Glasshollow Cleaning", 3, [("reach", 5), ("open_deal", "early warning", 57_000, -4), ("talk",), ("goal",), ("diagnose",), ("quiet", 7)]),
    ("Hexwood Fire Safety", 5, [
        ("reach", 2), ("open_deal", "certificates", 23_000), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("propose",), ("win",), ("customer", 8), ("more", "Midlands", 14_000), ("win",), ("customer", 1),
    ]),
    ("Ironpetal Gates", 2, [
        ("reach", 6), ("now", "call", "out", "left_message", "Consuelo says {them} is back {due}, she puts us on his list", ("me", "call", "Call Jed, Consuelo put us on his list", 2, "")),
    ]),
    ("Junivale Ambulance", 85, [("reach", 3), ("open_deal", "cover", 140_000, None, 2), ("talk",), ("goal",), ("diagnose",), ("evaluate", True), ("propose",), ("lose", "inhouse")]),
    ("Kestrin Towing", 2, [
        ("reach", 5), ("now", "call", "out", "no_answer", "rang {them} at 7 a.m. as Shay said, no answer. again {due}", ("me", "call", "Try Vic again, early", 1, "07:30")),
    ]),
    ("Larkmere Pools", 2, [
        ("reach", 3), ("open_deal", "route book", 11_000, 58), ("talk",),
        ("now", "email", "out", "", "emailed {them} a proof of visit as their customers would see it. she shows Derek by {their}", ("them", "email", "Show Derek the proof of visit", 2, ""), ("me", "call", "Call Ana, what did Derek say", None, ""), {"subject": "Proof of visit"}),
    ]),
    ("Mossgrove Tree Care", 34, [
        ("reach", 1), ("open_deal", "storm plan", 13_000), ("talk",), ("goal",), ("lose", "champion"), ("warm", 1),
        ("now", "call", "out", "connected", "{them} {min} min. not before the storm season is over. parked, call {due}", ("me", "call", "Call Hollis, the storms are over", 44, "")), ("park", 60),
    ]),
    ("Norrey Solar", 1, [
        ("reach", 2), ("open_deal", "pilot", 10_000), ("talk",), ("goal",), ("win",), ("customer", 1),
        ("open_deal", "switch-on", 71_000, 65), ("talk",), ("goal",), ("diagnose",), ("evaluate",),
        ("now", "call", "out", "connected", "{them} {min} min, inspectors like the shared calendar. Emily joins the review {due} {time}", ("me", "meeting", "Review with Dario and Emily", 4, "10:00")),
    ]),
    ("Oakenfell Joinery", 96, [("reach", 2), ("open_deal", "addresses", 8_000), ("talk",), ("goal",), ("walk", "fit")]),
    ("Pyrewell Gas", 3, [
        ("reach", 4), ("open_deal", "one depot", 14_000), ("talk",), ("goal",), ("diagnose",), ("win",), ("customer", 2),
        ("open_deal", "safety visits", 99_000, 31, 1), ("talk",), ("goal",), ("diagnose",), ("evaluate",), ("quiet", 4),
        ("now", "email", "in", "auto_reply", "I am on leave until {their}. In urgent cases ring the office.", ("me", "call", "Call Isla when she is back", 3, ""), {"subject": "On leave"}),
    ]),
    ("Quarrenden Aggregates", 4, [
        ("reach", 3), ("open_deal", "one quarry", 17_000), ("talk",), ("goal",), ("diagnose",), ("win",), ("customer", 2),
        ("more", "all quarries", 93_000, None, 1), ("walk", "terms"), ("warm", 1),
        ("now", "call", "in", "connected", "{them} rang, {min} min. new lawyer, softer. wants the old offer again, scope by {due}", ("me", "email", "Scope for Barry, without the liability clause", 1, ""), ("me", "call", "Call Leanne about the queue", -2, "", 1)),
    ]),
    ("Rookhampton Rail Services", 2, [
        ("reach", 5), ("open_deal", "possessions", 67_000), ("talk",), ("goal",), ("quiet", 5), ("lose", "silence"), ("rest", 40),
        ("open_deal", "tender", 120_000, 88), ("talk",), ("goal",), ("diagnose",), ("evaluate",),
        ("now", "email", "out", "", "emailed {them} the answers to questions 1 to 14, the rest by {due}", ("me", "email", "Answers 15 to 22 for Louise", 2, ""), ("them", "email", "Tender papers, second part", 5, ""), {"who": (1,), "subject": "Tender questions"}),
    ]),
]  # fmt: skip
