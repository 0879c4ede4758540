"""The words of a seller's notes that are no names, in their base form."""

ORDINARY_WORDS = """
a an the this that these those some any no none every each all both either neither another other others such same
own i me my mine myself we us our ours you your yours he him his himself she her hers they them their theirs it its
itself who whom whose which what where when why how there here then than thus so too very also just only even still
yet already always never ever often sometimes maybe perhaps again once twice soon later now today before after since
until till while during as at by for from in into of off on onto out over per re through to toward towards under up
upon with within without via vs about above across against along among around behind below beneath beside between
beyond despite down except inside like near next outside past plus round throughout and but or nor if unless because
although though whether else am is are was were be been being do does did done have has had having will would shall
should can could may might must ought not yes ok okay yeah yep nope please pls thanks thank hi hello hey bye dear
sorry oh ah well right left good great nice fine bad better best worse worst big small large little long short high
low new old young early late last first second third previous final main major minor full empty half whole part
extra more most less least few many much several enough lot lots bit couple dozen pair set single double triple one
two three four five six seven eight nine ten eleven twelve hundred thousand million billion zero time times hour
minute day week month quarter year fortnight morning noon afternoon evening night midnight weekend tomorrow
yesterday tonight date season spring summer autumn fall winter holiday hols vacation leave christmas easter xmas
lunch breakfast dinner coffee tea drink beer supper brunch man woman men women guy girl boy lady people person folk
folks kid child family wife husband brother sister mother father mum dad son daughter uncle aunt cousin friend mate
colleague boss manager director head chief officer exec executive owner founder partner president chairman chair
chairwoman vp svp evp ceo cfo cto coo cio cmo md fd gm hr pa ea rep agent buyer seller vendor supplier customer
client consumer user admin analyst engineer developer designer architect accountant lawyer solicitor attorney
counsel doctor nurse teacher student driver operator technician assistant secretary receptionist reception
gatekeeper switchboard clerk team crew staff group board committee council department dept division branch office
desk company firm business shop store factory plant site warehouse depot yard building floor room hall centre center
headquarters hq house home hotel restaurant bar cafe pub school college university hospital clinic bank church court
airport station port street road city town village country county state region area district place spot location
world europe asia africa america england britain london paris berlin leeds hull dublin york boston texas germany
france spain uk usa eu gdpr emea apac phone mobile cell landline number line call ring email mail mailbox inbox
letter message msg text sms voicemail vm note memo report document doc file folder paper page form sheet spreadsheet
slide deck presentation brochure flyer catalogue catalog leaflet booklet guide manual book video photo picture image
screenshot drawing diagram map chart graph table list checklist agenda minutes summary overview outline draft
version copy template sample example case study reference whitepaper website web link url login password account
profile calendar invite schedule plan timeline roadmap project programme program product service system software
hardware tool tools app application platform portal module feature function button screen laptop computer server
database data record field backup cloud network internet wifi security privacy risk compliance audit policy process
procedure workflow step stage phase milestone task job work action item issue problem bug error fault question
answer query ticket request response reply feedback comment review rating score idea thought view opinion reason
cause effect result outcome goal aim target objective need want wish hope fear worry doubt concern objection
resistance pushback interest support help advice tip hint clue fact figure detail details info information news word
words story price pricing cost budget quote quotation estimate proposal offer bid tender rfp rfi rfq contract
agreement deal order po invoice bill payment fee rate discount margin profit loss revenue sale sales money cash fund
funding funds finance financial tax vat currency euro dollar pound cent value worth amount total sum percent
percentage commission quota forecast pipeline lead leads prospect opportunity opp contact relationship partnership
referral intro introduction demo trial pilot poc test proof concept evaluation assessment discovery workshop
training session webinar event conference expo exhibition fair show meeting mtg chat conversation talk discussion
negotiation interview visit tour trip travel flight train car bus taxi van truck lorry bike ship boat plane legal
procurement purchasing operations ops production manufacturing engineering marketing logistics shipping delivery
quality control research development maintenance facilities payroll accounts accounting administration redlines
redline terms clause sla nda msa sow dpa scope specification spec specs requirement requirements questionnaire
survey signature signoff approval permission licence license seat seats users unit units piece pieces box boxes
pallet pallets kit kits machine machines device devices camera sensor sensors printer drivers scanner battery engine
motor pump valve pipe cable wire steel glass wood plastic metal water oil gas air fire power energy light heat cold
hot warm cool dry wet clean dirty safe dangerous strong weak hard soft heavy fast slow quick easy difficult simple
complex cheap expensive free busy available ready open closed shut live dead alive sick ill healthy happy unhappy
sad angry glad pleased keen eager interested excited worried concerned afraid confused sure certain unsure clear
unclear obvious possible impossible likely unlikely true false real fake correct wrong serious funny strange odd
weird normal usual common rare special general specific particular different similar equal separate joint direct
indirect public private internal external local global national international foreign official formal informal
personal professional technical commercial industrial digital online offline remote virtual physical automatic
electric electronic senior junior principal associate deputy interim acting former current present future potential
existing key core basic advanced premium standard custom regular annual monthly weekly daily yearly quarterly recent
latest initial original overall average typical important urgent critical essential necessary required optional
additional further tentative provisional rough exact approximate red green blue black white grey gray yellow orange
pink purple brown gold golden silver bronze copper amber rose lily holly poppy fern moss oak ash elm birch cedar
pine maple willow lotus lime lemon apple cherry berry peach plum grape mint sage pepper ginger honey sugar salt
spice dog cat horse fox wolf bear lion tiger eagle hawk falcon swan crane raven crow dove owl pike perch salmon
trout bass ox bull cow sheep lamb goat deer stag hare rabbit bee ant spider snake sun moon star sky rain snow storm
wind thunder lightning fog mist frost ice sea ocean lake river stream brook bay beach island mountain hill peak
summit ridge valley cliff rock stone sand meadow forest grove garden park castle tower bridge gate wall door window
arch crown king queen prince duke knight bishop captain hunter fisher baker butcher cook carpenter mason smith
taylor miller potter turner walker porter archer carter cooper fuller marshall grant mark art max miles frank chase
drew dawn joy faith grace charity penny pat sue june april august jan mae nick skip wade clay reed victor earnest
harmony melody carol angel chance close bell ball booth friday sunday monday march marsh rich poor wise sharp bright
swift savage noble gentle sweet signal horizon compass anchor harbour harbor mind minds echo spark flame blaze giant
hero legend pioneer frontier explorer ranger scout shield sword arrow bow spear hammer iron thing things stuff
something anything nothing everything someone somebody anyone anybody everyone everybody nobody bunch kind type sort
style shape size length width height depth weight colour color sound smell taste touch feel side top bottom front
back middle edge corner end start beginning point level degree rank row column thumbs thumb hand hands arm leg foot
feet eye ear mouth nose face heart body shoulder finger name title address postcode zip age gender birthday
anniversary award prize congrats congratulations luck way ways path track route direction distance mile km metre
meter inch rubbish crap damn bloody hell lol haha meh ugh hmm um er eh wow yay awesome brilliant fantastic lovely
perfect excellent super terrific decent solid awful terrible horrible dire ropey so-so alright asap fyi btw imo tbh
tbc tbd tba eta eod cob eow eom eoq q ooo wfh lvm cb na rna gk dm dms im pm hrs min mins wk wks mo yr approx misc
etc ie eg aka incl excl avg qty ref nos thx ty cheers ta rgds regards finished sorted gone lost won signed sealed
delivered sent received agreed confirmed booked cancelled forth away apart together alone ahead forward forwards
backwards upwards downwards sideways really quite rather pretty fairly almost nearly hardly barely exactly roughly
actually basically literally obviously definitely probably possibly apparently seemingly hopefully unfortunately
luckily finally eventually recently lately currently usually normally generally typically mostly mainly partly fully
completely totally entirely absolutely quickly slowly carefully easily simply directly immediately instantly shortly
briefly politely kindly gladly sadly meanwhile otherwise instead anyway however therefore hence moreover besides
indeed certainly surely clearly mood vibe blocker blockers dealbreaker champion economic evaluator influencer coach
incumbent competitor competition rival alternative option options choice decision vote consensus stakeholder
stakeholders sponsor steering kick kickoff onboarding offboarding renewal upgrade expansion upsell rollout launch
release migration integration implementation deployment installation setup configuration customisation customization
freeze shutdown outage downtime patch fix hotfix furnace kiosk kiosks tills menu recipe flour freezer fridge trucks
fleet dock docks loom looms rota permits claims broker bookings traceability dispatch metering clinics archive
retrofit care reporting plaster plumber electrician builder contractor vantage1 diagnose negotiate evaluate converse
maternity paternity sabbatical jury duty halfway midway overnight onsite offsite inhouse upfront traffic weather
football golf cricket rugby tennis reset restart reboot expenses timesheet timesheets mileage receipts receipt crm
tidy paperwork dentist gym haircut run parents insurance mot passport headset charger dial dials connects connect
conversions conversion hit hits miss mutual confidential follow followup touchbase base stance position posture
leverage concession concessions harvest crop cc bcc fwd subject attachment attachments attached switch switches
router modem absent acceptance access accident accord accurate achieve acre activity actual addition adequate adjust
adult advance advantage advert aerial affair affect afford agency aggressive agile ago alarm album alert allowance
ambition ambitious amusing anger angle announce announcement annoyed annoying apology apparent appeal appearance
appetite appointment appraisal approach appropriate arena argument armed arrangement arrival article artist aside
asset assume assured attempt attention attitude attractive audience author authority autonomy avenue aware awareness
awkward axis bag baggage balance ballpark bargain barrel barrier basement basis basket batch bath bathroom battle
beam beard beast beauty bed bedroom behalf behaviour belief belt bench benefit bet beware bigger biggest billing bin
bird birth biscuit bite blame blank blast bless blind block blog blood blower bluff bold bolt bomb bond bone bonus
boom boost boot border boring bother bottle bound bowl brain brake brand bread breach break breath breed brick
bridal brief briefing broken brush bubble bucket bulk bullet bundle burden burn bush buyout buzz cab cabinet cage
cake calm campaign camp cancer candidate cap capable capacity capital capture card cards career careful cargo carpet
cart cast category caution cautious chain challenge champ channel chapter character charge charm cheaper check
cheese chef chemical chest chicken childcare chip chocolate circle circuit circumstance citizen claim clarity class
classic clever climate clock cloth clothes club clumsy cluster coal coast coat code coin collapse collar collection
comfort comfortable comfy command commitment committed communication community comparison compatible competent
competitive complaint complete complicated component compromise computing concrete condition conduct confidence
confident conflict connection conscious consent consequence consideration consistent constant constraint
construction consultant consulting consumption container content contest context contrast contribution convenient
cookie corporate corporation costing cottage cotton counter counterpart courage course cover crash crazy cream
credit crisp crisis criteria criterion critic crowd crucial cruise cuddle culture cup cupboard curious curve custody
customs cutoff cutover cycle dairy damage dance danger dark dashboard deadline deadlock deaf dealer dealership
debate debt decade decline deeper default defect defence delay delighted delight demand density deposit description
desert deserve desire desktop desperate detailed determined diary diet difference digit diplomatic disappointed
disappointment disaster disease dish display dispute distributor diverse domain domestic doom dot downside
downstairs drain drama dramatic drawer dream dress drop drug drum duplicate duration dust dynamic earlier earn earth
eastern economy edition effective efficient effort egg elaborate elderly election element elevator embed emergency
emotion emphasis employee employer employment encouraging endless enemy engaged engagement enjoyable enormous
enquiry enterprise entertaining enthusiasm enthusiastic entire entrance entry envelope environment equipment equity
escape estate ethical evidence evil exam exception excess exchange exclusive excuse exercise exhaust existence exit
expectation expense experience expert expertise explanation explicit export exposure expression extension extent
extreme fabric facility factor fail failure fairer fallback familiar famous fan fancy farm farmer fashion fat fatal
fate faulty favour favourite fax feasible federal feed feeling fellow female fence festival fever fibre fiction
fiddly fight film filter finish fit fiscal fish fixture flag flat flavour flexible flexibility flip float flood flow
flower fluent flush focus fold following food fool force forever forklift formula fortune forum fraction frame
framework franchise fraud freight frequency frequent fresh friendly fruit frustrated frustrating frustration fuel
fun fundamental furniture fussy fuzzy gadget gain game gap garage gear generation generic generous genuine gentleman
ghost gift glimpse glitch glory glove goods gossip government grade gradual graduate grain grand grandma graphic
grass grateful gravity greater grid grievance grip grocery gross ground growth grumpy guarantee guard guess guest
guideline guilty gun gut gutted hack hail hair handful handle handover handset handy hang happen happier hardcore
harmful harsh hat hate hazard headache headcount header heading headline health heap hectic heel helpful helpdesk
hesitant hidden highlight hire historical history hitch hobby hold hole hollow holy honest honesty honour hook
horror host hostile hosting hotline household housing huge human humble humour hung hungry hurdle hurry hurt hybrid
hype iceberg icon ideal identical identity idle ignore illegal immediate impact impatient implication import
impressed impression impressive improved improvement impulse inbound incentive incident income inconvenient increase
incredible independent index indication individual industry infant inflation influence infrastructure ingredient
inertia inherent injury ink inner innovation innovative input inquiry insane insight inspection inspiration instance
instruction instrument intact intelligence intense intention invalid inventory investment investor invitation
involved irrelevant jacket jail jam jargon jaw jealous jeans jelly jet jewel jobless joke journal journey judge
juice jump jungle justice kettle keyboard keynote kidney kilo kindness kitchen knee knife knock knot knowledge lab
label labels labour lack ladder lag lamp land landlord lane language lap laugh lawn lawsuit layer layout lazy leader
leadership leak lease leather lecture legacy leisure lesson liability liable liberty library lid lifecycle lifetime
lift liking limit limited lip liquid literature litter loaded loan lobby lock logic logical logo lonely longer loop
loose lord loser loud lounge loyal loyalty lucky luggage lump luxury machinery magazine magic mainframe majority
make maker male mall management mandate mandatory manner manufacturer marathon marine market marketplace marriage
mass massive master match material maths matter mature maximum mayor meal meaning means meantime measure meat
mechanic mechanical media medical medicine medium member membership memory mental mention merchant mercy mess messy
metric microphone microwave mild military milk mill mindset mineral minimal minimum minister ministry minority
miracle mirror misery missing mission mistake mistaken misunderstanding mix mixed mixture mode model moderate modern
modest moment momentum monitor monopoly monster mortgage motion motive motivation mouse movement movie muddle mug
multiple murder muscle museum music mystery nail narrow nasty nation native nature naughty navy nearby neat
necessity neck needle negative neighbour nerve nervous nest net neutral newspaper nightmare noise noisy nonsense
norm north notebook notice notification notion novel novelty nowhere nuclear numb nuts obligation observation
obstacle occasion odds offence offering offshore onboard ongoing opener opening opera operational opponent opposite
optimistic oral orbit organic organisation organization orientation origin outbound outdoor outfit outlet outlook
output outsource outstanding oven overdue overhead overload overseas overtime overwhelmed owed ownership pace
package packaging pain painful paint painting palace palm pan panel panic pants paragraph parallel parcel parent
parking parliament participation partial participant party passenger passion passive pasta patent patience patient
pattern pause pavement payback peace peer pen penalty pencil pension performance period permanent permit personality
personnel perspective pest pet petrol petty philosophy phrase physics piano pickup pie pig pile pill pillow pin
pinch pitch pity pizza plain planet planning plate play player plenty plot plug pocket poem poetry poison pole
police polite poll pollution pool pop popular population portfolio portion positive possession possibility postage
poster postpone pot potato poverty powder powerful practical practice practitioner praise pray precise predict
preference pregnant prejudice preliminary premises preparation presence presenter press pressure prevent pride
priest primary printing prior priority prison privilege probable producer profession professor profitable progress
promise promising promotion prompt proper property proportion proposition protection protest proud province
provision psychology publication publicity publisher pull punch purchase pure purpose pushy puzzle qualification
qualified quantity quarrel quarry quest queue quid quiet quirk race rack radar radical radio rail railway raise
rally random range rapid ratio raw reach reaction reader readiness reality realistic rear reasonable reassured
reassurance rebel recession recognition recommendation recovery recruit recruitment redundancy redundant reform
refund refusal regime registration regret regulation regulator rejection relation relative relaxed relevant reliable
relief religion reluctant remark remarkable remedy reminder removal rent rental repair repeat replacement
representative reputation rescue reseller reservation reserve resident resilience resolution resource respect
responsibility responsible restriction retail retailer retention return reveal reverse reward rhythm rice rid
ridiculous riot rise risky ritual robot robust role roll roof root rope routine royal rubber rude rule ruling rumour
runway rural rush sack sacrifice sail salad salary salesman salesperson sandwich sandbox satisfaction satisfactory
satisfied sauce saving savings savvy scale scandal scared scary scenario scene sceptical scheme scholar scholarship
science scientific scientist scissors scrap scratch scream script seal search seafood secret section sector secure
seed segment selection self senate sense sensible sensitive sentence sequence series servant severe sewing shade
shadow shaft shaky shame shared shareholder sheer shelf shell shift shiny shock shoe shooting shopper shore shortage
shortlist shot shout shower shy sibling sight sign significance significant silence silent silly sink skeptical
sketch skill skilled skin skirt slack slam slave sleep slice slight slim slip slogan slot smart smile smoke smooth
snack snag snagging snap soap social society sock soldier sole solution somehow somewhat somewhere song soul soup
source south southern space spare speaker specialist specimen spectacular speech speed spell spending spike spin
spirit spite split spoke spokesman spoon sport sporty spray spread square squeeze stab stable stack stadium stain
stair stake stall stamp standing staple startup statement static stationery statistic statue status steady steal
steam steep stem stern stick sticky stiff stock stomach stop storage straight strain stranger strategic strategy
straw streak strength stress strict strike string strip stroke structure struggle stubborn stuck studio stunning
stupid subscription subsidiary subsidy substance substantial suburb subtle success successful sudden sufficient
suggestion suit suitable suite superb superior supermarket supervisor supply supportive supposed surface surgery
surplus surprise surprised surprising surroundings survival suspicion suspicious sweep swing symbol sympathy symptom
syndrome synergy syrup tablet tackle tactic tail takeover tale talent tall tank tap tape tariff teaching tech
technique technology teenager television temper temperature temple temporary temptation tenant tendency tension tent
term terminal terrain territory terror textile textiles textbook theft theme theory therapy thick thief thin
thorough thread threat threshold throat throughput thrilled tide tie tight tile timber timeframe timescale timetable
timing tin tiny tired tissue toast tobacco toe toilet tolerance tolerances tomato tone tongue tonne tooling tooth
topic torch tough tourist towel toy trace trade trading tradition traditional trail trainer transaction transfer
transition translation transparent transport trap trauma tray treasure treat treatment treaty tree tremendous trend
tribe trick tricky trigger trolley troop trouble trousers trust truth tube tune tunnel turnaround turnover twin
twist tyre ugly ultimate umbrella unable unaware uncertain uncomfortable understanding underway unemployment
unexpected unfair uniform union unique unity universal unknown unpaid unusual update upper upset upside upstairs
urban urge urgency usage useful useless utility vacancy vacuum vague valid validation valuable vanilla variable
variation variety various vast vegetable vehicle venture venue verbal verdict versus vessel veteran viable vice
victim victory viewer vintage violence virus visible vision visitor visual vital vocal voice volume volumes
voluntary volunteer voucher vulnerable wage wait waiter waiting wake wallet warning warranty wary waste watch wave
wealth weapon wedding weed welcome welfare west western wheel whatever whenever wherever whichever whoever wholesale
wide widespread wild wing winner wisdom withdrawal witness wonder wonderful wooden wool workforce workload workplace
worldwide worthwhile wound wrap writer writing yarn yield youth zone tinkle holler pickups voicemails callback
callbacks noshow reschedule ghosted ghosting roi kpi kpis saas api sso erp pos mvp v1 v2 uat prod dev qa qbr ebr
execs infosec soc iso pentest sme smb ent mid-market arr mrr acv tcv ltv cac nps
"""
