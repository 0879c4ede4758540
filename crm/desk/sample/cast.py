"""Whom the sample's seller sells to. All names are invented; addresses end in .example, numbers are reserved ones.

The seller sells planning software to firms with crews on the road. What a firm says about itself (size,
how it plans today, what that costs, what it wants) is told here once, so that all that is logged about it agrees.
"""

from dataclasses import dataclass, field


@dataclass
class Person:
    name: str
    title: str
    role: str = ""  # in its firm's deals: one of deals.models.DealContact.ROLES

    @property
    def first(self):
        return self.name.split(" ")[0]


@dataclass
class Firm:
    name: str
    city: str
    country: str
    zone: str
    source: str
    size: str
    tool: str
    pain: str
    cost: str
    goal: str
    people: list = field(default_factory=list)

    @property
    def short(self):
        return self.name.split(" ")[0]

    @property
    def domain(self):
        return "".join(c for c in self.name.split(" ")[0].lower() if c.isalpha()) + (
            self.name.split(" ")[-1].lower() if self.short == "Ashcombe" else ""
        )


_PLACES = {
    "Oakland": ("United States", "America/Los_Angeles", "510"),
    "Denver": ("United States", "America/Denver", "303"),
    "Boston": ("United States", "America/New_York", "617"),
    "Austin": ("United States", "America/Chicago", "512"),
    "Chicago": ("United States", "America/Chicago", "312"),
    "Phoenix": ("United States", "America/Phoenix", "602"),
    "Madison": ("United States", "America/Chicago", "608"),
    "Portland": ("United States", "America/Los_Angeles", "503"),
    "Toronto": ("Canada", "America/Toronto", "416"),
    "Atlanta": ("United States", "America/New_York", "404"),
    "Halifax": ("Canada", "America/Halifax", "902"),
    "Sacramento": ("United States", "America/Los_Angeles", "916"),
    "San Diego": ("United States", "America/Los_Angeles", "619"),
    "Minneapolis": ("United States", "America/Chicago", "612"),
    "New York": ("United States", "America/New_York", "212"),
    "Milwaukee": ("United States", "America/Chicago", "414"),
    "Seattle": ("United States", "America/Los_Angeles", "206"),
    "Dallas": ("United States", "America/Chicago", "214"),
    "Calgary": ("Canada", "America/Edmonton", "403"),
    "Detroit": ("United States", "America/Detroit", "313"),
    "Miami": ("United States", "America/New_York", "305"),
    "Nashville": ("United States", "America/Chicago", "615"),
    "Leeds": ("United Kingdom", "Europe/London", ""),
    "Bristol": ("United Kingdom", "Europe/London", ""),
    "Hull": ("United Kingdom", "Europe/London", ""),
    "London": ("United Kingdom", "Europe/London", ""),
    "Glasgow": ("United Kingdom", "Europe/London", ""),
    "Norwich": ("United Kingdom", "Europe/London", ""),
    "Manchester": ("United Kingdom", "Europe/London", ""),
    "Cardiff": ("United Kingdom", "Europe/London", ""),
    "Birmingham": ("United Kingdom", "Europe/London", ""),
    "Edinburgh": ("United Kingdom", "Europe/London", ""),
    "Sheffield": ("United Kingdom", "Europe/London", ""),
}


def phone(firm, n):
    """A number nobody has: 555-01xx in North America, 020 7946 0xxx in Britain. `n` counts all people."""
    area = _PLACES[firm.city][2]
    return f"+1 {area} 555 {100 + n % 100:04d}" if area else f"+44 20 7946 0{100 + n:03d}"


# name | city | source | size | how they plan | what goes wrong | what that costs | what they want, then people
_FIRMS = """
Halvane Freight|Oakland|referral|40 depots, 310 trucks|a spreadsheet a depot|trucks come back empty|about 9 empty runs a day|halve the empty runs by spring
 Dana Whitlock, COO, champion; Marcus Feld, Finance Director, pays; Ruth Adeyemi, Depot Lead, uses
Ashcombe Scaffolding|Leeds|trade fair|65 erectors in 18 gangs|a whiteboard and text messages|gangs turn up at sites that are not ready|a lost day a gang each month|no wasted trips by the summer
 Callum Rigby, Operations Manager, champion; Helen Strand, Owner, decides
Ashcombe Lifts|Bristol|website|42 lift engineers|an old access database|breakdowns wait for the next free engineer to ring in|penalties on 6 contracts last year|answer every breakdown inside 2 hours
 Priya Nandakumar, Service Director, champion; Joel Tennant, IT Manager, advises
Brindlewick Haulage|Hull|cold call|85 trucks|two planners who know it all by heart|nobody can plan when Stan is on holiday|a planner off sick cost them 3 loads|have any of 4 people plan a day
 Stan Mulgrew, Transport Manager, blocks; Ffion Pryce, Managing Director, decides
Tarnmoor Utilities|Denver|referral|220 field technicians|a system from 2009|crews drive past each other's jobs|11 extra miles a job|cut drive time by 15 percent
 Lena Okafor, VP Field Operations, champion; Tom Bracewell, CFO, pays; Grace Yoon, IT Architect, advises
Quillfeather Couriers|Boston|website|140 riders|an app they built themselves|it falls over on Fridays|refunds of 4k a month|no Friday refunds by the new year
 Mateo Brandt, Head of Operations, champion; Sunniva Hale, Founder, decides
Osmaren Ship Stores|Halifax|trade fair|30 vans on 2 harbours|paper run sheets|ships sail before the van is there|one missed delivery a week|no missed ship this season
 Ewan Laforet, General Manager, decides; Bea Collard, Dispatcher, uses
Pellworth Roofing|Austin|referral|24 crews|a shared calendar|rain moves everything and customers are not told|a dozen angry calls a rainy day|tell customers before they ring
 Lou Castellan, Owner, decides; Nia Farrow, Office Manager, champion
Sablecross Security|Chicago|cold call|900 guards|rotas in a spreadsheet|double bookings at weekends|overtime of 30k a month|cut overtime by a fifth
 Andre Villiers, Director of Operations, champion; Kim Petrosyan, Payroll Lead, uses; Walter Ames, CFO, pays
Vantry & Rowe Facilities|London|referral|260 engineers|three systems after a merger|the same visit is booked twice|40 double visits a month|one plan for both halves by the autumn
 Imogen Vantry, Managing Director, decides; Rashid Karim, Head of Planning, champion; Tess Orchard, Procurement, pays
Kettlebrae Drainage|Glasgow|cold call|28 tankers|phone and paper|emergency jobs wreck the day's plan|2 planned jobs lost a day|fit emergencies in without losing a job
 Morag Sinclair, Operations Director, champion; Davie Lennox, Owner, decides
Lumenfold Electric|Phoenix|website|75 electricians|a job system without a map|permits run out before the crew comes|8 re-inspections a month|no expired permit by the end of the quarter
 Carla Mendieta, Operations Manager, champion; Hugh Sorrell, President, decides
Marrowdale Dairies|Madison|trade fair|52 tankers, 400 farms|a planner with a wall map|milk waits when a road is closed|a spoiled load each winter week|re-plan a closed road in 10 minutes
 Ingrid Solheim, Logistics Manager, champion; Pete Dwyer, Plant Manager, uses
Nettlefield Landscapes|Portland|website|35 crews|a calendar a crew|regular customers get skipped|15 credits a month|no skipped visit in the season
 Yuki Tanabe, Operations Lead, champion; Brian Coe, Owner, decides
Orrinsby Medical Transport|Toronto|referral|90 vehicles|a dispatch desk with radios|patients wait for the ride back|45 minutes of waiting on average|under 20 minutes by the next tender
 Solange Mercier, Director of Service, champion; Amit Bhandari, Dispatch Lead, uses; Karen Holt, VP Finance, pays
Pinehollow Pest Control|Atlanta|cold call|60 technicians|routes printed on Monday|changes never reach the printout|5 missed visits a week|live routes on a phone
 Terrence Boyd, Regional Manager, champion; Joy Abara, COO, decides
Redgannet Marine|Halifax|referral|16 survey teams|e-mail|weather windows are missed|a lost day costs 12k|use every weather window
 Colm Deveraux, Survey Manager, champion; Hana Iversen, Managing Director, decides
Saltmarrow Roads|Norwich|tender|48 gangs|a council portal and phone calls|road closures lapse before the gang comes|fines of 2k each|no fine next year
 Gemma Thorold, Contracts Manager, champion; Neil Ashby, Commercial Director, pays
Thistlegate Windows|Manchester|website|22 fitting teams|a diary at the front desk|glass is not there when the fitters are|a fifth of visits repeated|first visit right in 9 of 10
 Aoife Brannigan, Operations Manager, champion; Marcus Oyelaran, Finance Manager, pays
Umberline Painting|Sacramento|cold call|18 crews|a whiteboard|crews wait for the drywallers|3 idle days a month|know the day before
 Rosalind Perez, Owner, decides; Kit Ballard, Site Lead, uses
Veltrano Cold Chain|San Diego|trade fair|110 reefers|a planner's own macros|temperatures are checked after the fact|2 rejected loads a month|plan by temperature, not afterwards
 Nico Veltri, Head of Fleet, champion; Alice Dunning, Quality Director, advises; Omar Said, CFO, pays
Wrenhaven Homecare|Manchester|referral|340 carers|rotas on a Sunday night|visits are missed when a carer is ill|inspectors noted it twice|no missed visit at the next inspection
 Bridget Mallory, Care Director, champion; Femi Adewale, Rota Manager, uses; Sue Harker, Chief Executive, decides
Yarrowby Telecom|Minneapolis|website|180 installers|a ticket system|four hour windows that nobody keeps|30 percent not at home|one hour windows
 Paula Jensen, Director of Installations, champion; Dev Chaudhry, IT Director, advises
Zephandra Wind Services|Denver|trade fair|26 turbine crews|a spreadsheet with 40 tabs|cranes stand idle|a crane day is 20k|no idle crane day
 Uwe Lindqvist, Service Manager, champion; Sara Kovacs, Head of Purchasing, pays
Corvane Elevators|New York|cold call|150 mechanics|a mainframe screen|routes follow history, not the map|an hour a mechanic a day|two more visits a day each
 Frank DiSalle, VP Service, decides; Mina Park, Operations Analyst, champion
Dunmarrow Waste|Cardiff|tender|70 lorries|fixed rounds|half full bins are emptied, full ones wait|60 complaints a week|halve the complaints
 Rhys Gethin, Fleet Manager, champion; Carys Bevan, Finance Lead, pays
Eskerton Plant Hire|Edinburgh|website|33 low loaders|a diary and a good memory|diggers sit on sites nobody rings about|12 idle machines on any day|bring idle machines home in 2 days
 Fergus Loudon, Hire Desk Manager, champion; Kirsty Munro, Director, decides
Fennimoor Heating|Milwaukee|referral|54 fitters|a scheduling tool nobody updates|the first cold week breaks everything|200 calls unanswered last November|answer every call next November
 Greta Ostrander, Service Manager, champion; Will Kessel, Owner, decides
Glasshollow Cleaning|Seattle|cold call|400 cleaners|texts from supervisors|no shows are found out by the client|3 contracts lost over it|know a no-show by 6 a.m.
 Tanya Reyes, Operations Director, champion; Paul Winship, CEO, decides
Hexwood Fire Safety|Birmingham|website|38 inspectors|letters and phone calls|certificates lapse|9 lapsed last quarter|no lapsed certificate
 Bal Sandhu, Compliance Manager, champion; Lorna Pike, Managing Director, decides
Ironpetal Gates|Dallas|cold call|14 install teams|a calendar|welders and electricians miss each other|every fifth job takes a second trip|one trip a job
 Jed Mowbray, Owner, decides; Consuelo Rios, Office Manager, champion
Junivale Ambulance|Calgary|tender|45 vehicles|radio and a map|cover gaps at shift change|20 minutes without cover|no gap at shift change
 Noor Haddad, Deputy Chief, champion; Glen Morrow, Procurement Officer, pays
Kestrin Towing|Detroit|cold call|60 trucks|a dispatcher and three phones|the nearest truck is never sent|18 extra minutes a tow|send the nearest one
 Vic Lorimer, Owner, decides; Shay Dunne, Dispatcher, uses
Larkmere Pools|Miami|website|32 technicians|a paper route book|skipped pools turn green|25 credits a month|proof of every visit
 Ana Quintero, Service Manager, champion; Derek Solano, Owner, decides
Mossgrove Tree Care|Nashville|referral|12 crews|a whiteboard|storms swallow the plan|a week to catch up after each storm|catch up in 2 days
 Hollis Grady, Owner, decides; Bev Tatum, Office Lead, champion
Norrey Solar|Phoenix|trade fair|44 install crews|a project tool|inspectors and crews are booked apart|10 days between install and switch-on|switch on inside 3 days
 Dario Quist, Head of Delivery, champion; Emily Shaw, COO, decides
Oakenfell Joinery|Leeds|referral|20 fitters|a wall planner|fitters ring in for their next address|an hour a day each|addresses on a phone
 Martin Leck, Production Manager, champion; Judith Farr, Director, decides
Pyrewell Gas|Edinburgh|cold call|130 engineers|a call centre script|safety visits are not grouped|4 visits a day where 6 would fit|6 visits a day
 Isla Rennie, Head of Field Service, champion; Stuart Bain, Finance Director, pays; Jo Whyte, Union Rep, blocks
Quarrenden Aggregates|Sheffield|trade fair|95 tippers|weighbridge tickets and phones|trucks queue at one quarry while another is idle|40 minutes of queueing a load|no queue over 10 minutes
 Barry Stott, Transport Director, decides; Leanne Cope, Planner, uses; Dale Whitmore, Quarry Manager, uses
Rookhampton Rail Services|London|tender|60 track gangs|spreadsheets by e-mail|possessions are wasted|one wasted night a month costs 25k|use every possession
 Vikram Shenoy, Programme Manager, champion; Louise Garrod, Head of Procurement, pays; Abel Thorne, Gang Supervisor, uses
"""


def firms():
    """The forty, in a fixed order."""
    found = []
    for line in _FIRMS.strip().splitlines():
        if not line.startswith(" "):
            name, city, source, size, tool, pain, cost, goal = line.split("|")
            country, zone, _ = _PLACES[city]
            found.append(Firm(name, city, country, zone, source, size, tool, pain, cost, goal))
        else:
            for entry in line.split(";"):
                found[-1].people.append(Person(*(part.strip() for part in entry.split(","))))
    return found
