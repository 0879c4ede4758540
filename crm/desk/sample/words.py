"""What the sample's seller types, and what the buyers write. {them} are the people of that line, {co} the firm.

Each key holds ways to say one thing; a timeline uses each at most once before it starts over. Lines with
{due} are said when a next step was agreed, and the step's day is put in.
"""

LINES = {
    # Nobody has been reached yet.
    "try.call.no_answer": ["tried {them} at {co}, no answer", "rang {co}, rings out", "{them}: no answer again"],
    "try.call.left_voicemail": ["called {them} at {co}, lvm", "lvm for {them}: {pain}, worth ten minutes?"],
    "try.call.left_message": [
        "front desk at {co} took a message for {them}",
        "{them} in meetings all day, left a message with reception",
    ],
    "try.call.busy": ["{them}'s line busy", "{co} engaged twice"],
    "try.email.": [
        "emailed {them}: firms with {size} usually tell us {pain}. asked for 15 min",
        "emailed {them} the one-pager with the numbers of a firm their size",
        "wrote to {them} once more, short: is {pain} still on the list?",
    ],
    "try.message.": ["texted {them}: when is a good moment this week?", "sent {them} a message with two times"],
    "again": [", try again {due}", ", next try {due}", ", again {due}", " - cb {due}"],
    "auto_reply": ["I am out of the office until {due} and read e-mail only now and then."],
    # First talk to a shared goal.
    "talk": [
        "{them} picked up, {min} min. {size}, planned with {tool}. says {pain}. proper talk {due} {time}",
        "got {them}! {size}, {tool}. what hurts: {pain}. meeting {due} {time}",
    ],
    "talk.in": ["{them} called back, {min} min! {size}, {tool}, and {pain}. meeting {due} {time}"],
    "talk.again": [
        "{them} {min} min: wants to take up {deal}. meeting {due} {time}",
        "talked to {them}, {min} min. time for {deal}, same people. meeting {due} {time}",
    ],
    "warm": [
        "{them} {min} min, nothing new, asked to stay in touch",
        "checked in with {them}, {min} min. still {tool}, still no money for it",
    ],
    "warm.email": [
        "emailed {them} how a firm their size did it, no question asked",
        "sent {them} the autumn numbers, short",
    ],
    "goal.held": [
        "met {them} {min} min. goal: {goal}. today {pain}, costs {cost}. they send a week of jobs by {their}",
        "{them}, {min} min on what good looks like: {goal}. they'll send last month's jobs by {their}",
    ],
    "goal.recap": ["emailed {them} the goal as they put it: {goal}. asked if I got it right"],
    "goal.yes": [
        "That is it, except that I would put the goal a little higher. Jobs are attached.",
        "Read it, that is us. The job list is attached, excuse the state it is in.",
    ],
    "nudge": [
        "lvm for {them}, the job list was due",
        "chased {them} for the job list, no answer",
        "emailed {them}: still need last month's jobs to say anything sensible",
    ],
    # Diagnosis.
    "diag.call": [
        "{them} {min} min through the job list. shows {cost}. wants the others in the room, {due} {time}",
        "call with {them}, {min} min: their own list says {cost}. meeting with the others {due} {time}",
    ],
    "diag.held": [
        "met {them} {min} min. agreed why: {tool}, so {pain}. they put it at {cost}",
        "{them}: walked through one bad day together. root of it is {tool}. {cost}, their number",
    ],
    "diag.recap": ["emailed {them} what we found and the sum, in their words"],
    "diag.yes": [
        "Shared it here. Nobody argued with the sum, which is new. What would a trial look like?",
        "Good summary. Please show it to the planners as well before we go on.",
    ],
    # Evaluation.
    "demo.set": [
        "{them} on the phone {min} min, wants to see it on their own jobs. demo {due} {time}",
        "fixed the demo with {them} for {due} {time}, their data",
    ],
    "demo.no_show": ["waited 20 min for {them}, nobody dialled in", "demo with {them}: no show"],
    "demo.sorry": [
        "So sorry, two people were off sick and I forgot to ring. Same time next week?",
        "Apologies, the day got away from us. Can we do it again? I will bring the planner.",
    ],
    "demo.held": [
        "demo for {them} on their own jobs, {min} min. liked the re-plan. trial agreed: two weeks, one team, they name the users by {their}",
        "showed {them} yesterday's plan done in 4 minutes. quiet, then questions. trial agreed, user list from them by {their}",
    ],
    "trial.open": ["emailed {them} the trial access and the plan of the two weeks"],
    "trial.users": [
        "Users are in the sheet. Start with the early shift, please; they complain the loudest.",
        "Here are the names. Two of them are sceptics, which I think is fair.",
    ],
    "trial.week": [
        "{them} {min} min: planners use it, the early shift does not yet. training {due}",
        "checked in with {them}, {min} min. first week ok, two jobs planned twice, fixed. again {due}",
    ],
    "trial.ask": [
        "Can it keep somebody away from a customer they have fallen out with?",
        "What happens to the plan when the connection is gone for an hour?",
        "Does it know about school runs? Half of my people have one.",
    ],
    "trial.answer": [
        "answered {them} with a short film of exactly that",
        "wrote {them} how that works and where it does not",
    ],
    "trial.review": [
        "review with {them}, {min} min. trial says the goal is in reach: {goal}. proposal next",
        "trial review with {them}: numbers hold. they asked for terms for everything, {size}",
    ],
    # Proposal and negotiation.
    "propose": [
        "emailed {them} the proposal, {amount}, closing {close}. call {due}",
        "sent {them} the proposal over {amount} with the trial's numbers on page one. chase {due}",
    ],
    "propose.vm": ["lvm for {them} about the proposal", "{them} not in, no answer on the proposal"],
    "propose.read": [
        "{them} has read it, {min} min. price is fine if payment is quarterly. meeting about it {due} {time}",
        "{them} {min} min: shape is right, asks who else their size. meeting {due} {time}",
    ],
    "propose.held": [
        "went through the proposal with {them}, {min} min. they name who signs",
        "met {them} on terms, {min} min. budget is there, order of signatures is not",
    ],
    "haggle.in": [
        "{them} rang: procurement wants 12 percent off. said only for two years and a reference",
        "{them} called back, asks for a lower price. said what it would take: two years, paid yearly",
    ],
    "haggle.out": ["emailed {them} the two-year version", "sent {them} the contract with the two changes marked"],
    "haggle.legal": [
        "Legal has the contract. They ask about data in case of termination, otherwise no comments.",
        "Our lawyer wants 30 days instead of 14 in clause 9. Everything else is fine.",
    ],
    "haggle.fixed": [
        "{them} {min} min. clause 9 settled, {amount}, two years. signature when the director is back",
        "agreed with {them}: {amount} for two years, they speak for us twice. waiting for the signature",
    ],
    "slip": [
        "{them}: the director is away, signing moves to {close}",
        "{them} says the budget round comes first. close moves to {close}",
        "{them} needs the whole board for it, so {close} now",
        "pushed by {them}: new quarter, new date, {close}",
    ],
    # The end of a deal.
    "won": ["signed! {them} rang, {amount}. {goal}, now let's do it", '{them}: "you have it." won, {amount}'],
    "handover": [
        "emailed {them} the kick-off dates and who does what",
        "handed {co} over to onboarding, wrote {them} the dates",
    ],
    "thanks": ["Thank you for staying patient with us. See you at the kick-off."],
    "customer.call": [
        "checked in with {them}, {min} min. going well, planners are off the old way",
        "{them} {min} min: two more teams ask for it. not yet",
        "quarterly call with {them}, {min} min. halfway to the goal: {goal}",
        "{them} {min} min, one complaint about the phone app, passed on",
    ],
    "customer.vm": ["lvm for {them}, just checking in", "{them} not in, nothing urgent"],
    "customer.email": ["emailed {them} the figures of the month", "wrote {them} what is new this month"],
    "customer.in": [
        "Works. The night shift asks whether they can have it too.",
        "Small thing: a planner left, please move her access to the new one.",
        "The board asked for the numbers you sent. They liked them.",
    ],
    "more": [
        "{them} {min} min: wants to go on with {deal}. talk about scope {due} {time}",
        "called {them}, {min} min. {deal} is on their list for this half year. meeting {due} {time}",
    ],
    "more.held": [
        "scope of {deal} with {them}, {min} min. roughly {amount}",
        "met {them} about {deal}: same terms, {amount} or so",
    ],
    "more.sent": ["emailed {them} the offer for {deal}, {amount}, closing {close}. call {due}"],
    "more.read": [
        "{them} has the offer for {deal}, {min} min. only the start date is open",
        "{them} {min} min on {deal}: fine with the price, waits for one signature",
    ],
    # Silence and rest.
    "chase.call.no_answer": ["chased {them}, no answer", "{them}: rings out again", "rang {them}, nothing"],
    "chase.call.left_voicemail": ["lvm for {them}, asked for a yes or a no", "another voicemail for {them}"],
    "chase.call.left_message": ['{them} "at a site", colleague took a message', "left word with {them}'s assistant"],
    "chase.email.": [
        "emailed {them}: still the plan to {goal}?",
        "wrote {them} a three-line mail, last one said nothing",
        "emailed {them} to ask whether to close the file",
    ],
    "chase.message.": ["texted {them}, no reply so far", "messaged {them} a link to the trial report"],
    "note": [
        "note to self: {co} decides in committee, get the second name",
        "read up on {co}: {size}, growing",
        "{co} is hiring two planners, good sign",
    ],
}

WON = ["the trial's numbers held", "their own people asked for it", "answered quicker than the others", "two years for a steady price"]  # fmt: skip
# Why deals ended: reason on the deal, what the seller logged, and how it came (kind, direction, outcome).
LOST = {
    "incumbent": (
        "stayed with what they have",
        "{them} {min} min. lost {deal}: they stay with {tool} for another year",
        ("call", "in", "connected"),
    ),
    "price": (
        "price: a rival was a third cheaper",
        "{them} {min} min: a rival is a third cheaper, lost {deal}. asked to be told in a year",
        ("call", "out", "connected"),
    ),
    "freeze": (
        "budget frozen",
        "All spending is frozen until further notice, so this will not happen. I am sorry after all the work.",
        ("email", "in", ""),
    ),
    "silence": (
        "never answered again",
        "no word from {them} since forever. lost {deal}, closing the file",
        ("note", "", ""),
    ),
    "inhouse": (
        "building it themselves",
        "{them} {min} min. their IT wants to build it. lost {deal}",
        ("call", "out", "connected"),
    ),
    "champion": (
        "champion left the company",
        "{them} is leaving at the end of the month, nobody takes it over. lost {deal}",
        ("note", "", ""),
    ),
}
WALKED = {
    "free": (
        "wanted a second free trial instead of a decision",
        "{them} {min} min: asks for another free trial. we walked from {deal}",
        ("call", "out", "connected"),
    ),
    "access": (
        "no access to whoever decides",
        "{them} will not let us near the owner. we walked from {deal}",
        ("note", "", ""),
    ),
    "fit": (
        "not a fit: they need payroll, not planning",
        "{them} {min} min. what they need is payroll, not us. we walked from {deal}, told them who does it",
        ("call", "out", "connected"),
    ),
    "terms": (
        "terms we could not live with",
        "{them} {min} min: unlimited liability or nothing. we walked from {deal}",
        ("call", "in", "connected"),
    ),
}
